package io.smtpra.idna;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The mapping of UTS 46, non-transitional, as section 7 there derives it: compatibility forms and capitals are replaced
 * (NFKC_Casefold), invisible characters vanish, ideographic full stops are dots, and ß, ς and the joiners stay.
 */
final class Mapping {

    private static final int SMALL_SHARP_S = 0xDF;
    private static final int CAPITAL_I_WITH_DOT = 0x130;
    private static final int DOTLESS_I = 0x131;
    private static final int FINAL_SIGMA = 0x3C2;
    private static final int IDEOGRAPHIC_FULL_STOP = 0x3002;

    private Mapping() {}

    /**
     * Maps a name, and composes it.
     *
     * @throws IllegalArgumentException if it has a character that no domain may have
     */
    static String map(String name) {
        StringBuilder mapped = new StringBuilder(name.length() + 8);
        name.codePoints().forEach(c -> mapped.append(mapped(c).orElseThrow(Uts46::refused)));
        return Normalizer.normalize(mapped, Normalizer.Form.NFC);
    }

    /** Whether a label has nothing that would be mapped, as a U-label must be (UTS 46 section 4.1). */
    static boolean isMapped(String label) {
        return label.codePoints().allMatch(c -> mapped(c).filter(Character.toString(c)::equals).isPresent());
    }

    /** What a character becomes; nothing for one that is refused. */
    static Optional<String> mapped(int c) {
        if (c < 128) {
            return Optional.of(Character.toString(Character.toLowerCase(c)));
        }
        if (c == IDEOGRAPHIC_FULL_STOP || c == 0xFF61 || c == 0xFF0E) {
            return Optional.of(".");
        }
        if (isIgnored(c)) {
            return Optional.of("");
        }
        if (c == SMALL_SHARP_S || c == FINAL_SIGMA || Joiners.isJoiner(c)) {
            return Optional.of(Character.toString(c));
        }
        return Optional.of(folded(c)).filter(text -> text.codePoints().allMatch(Mapping::isAllowed));
    }

    private static String folded(int c) {
        String compatible = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        StringBuilder folded = new StringBuilder(compatible.length());
        compatible.codePoints().filter(part -> !isIgnored(part)).forEach(part -> appendFolded(part, folded));
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** Case folding: what the JDK's two mappings of case give, save where Unicode's CaseFolding.txt differs. */
    private static void appendFolded(int c, StringBuilder folded) {
        switch (c) {
            case CAPITAL_I_WITH_DOT -> folded.append("i\u0307");
            case DOTLESS_I -> folded.appendCodePoint(DOTLESS_I);
            default -> appendOtherFolded(c, folded);
        }
    }

    private static void appendOtherFolded(int c, StringBuilder folded) {
        // Cherokee folds to its capitals, which are the older letters.
        if (c >= 0xAB70 && c <= 0xABBF) {
            folded.appendCodePoint(c - 0xAB70 + 0x13A0);
        } else if (c >= 0x13F8 && c <= 0x13FD) {
            folded.appendCodePoint(c - 8);
        } else if (c >= 0x13A0 && c <= 0x13F5) {
            folded.appendCodePoint(c);
        } else {
            // Only the String's mapping of case knows that one character may become several, as in U+0149.
            Character.toString(c).toUpperCase(Locale.ROOT).codePoints()
                    .forEach(upper -> folded.appendCodePoint(Character.toLowerCase(upper)));
        }
    }

    /** Default ignorable characters that UTS 46 drops. */
    private static boolean isIgnored(int c) {
        return c == 0xAD || c == 0x34F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5
                || c >= 0x180B && c <= 0x180F || c == 0x200B || c >= 0x2060 && c <= 0x2064
                || c >= 0x206A && c <= 0x206F || c == 0x3164 || c >= 0xFE00 && c <= 0xFE0F || c == 0xFEFF || c == 0xFFA0
                || c >= 0x1BCA0 && c <= 0x1BCA3 || c >= 0x1D173 && c <= 0x1D17A || c >= 0xE0100 && c <= 0xE01EF;
    }

    /** Whether a character may be left when all is mapped. ASCII is looked at later, save for a dot that was none. */
    private static boolean isAllowed(int c) {
        if (c < 128) {
            return c != '.';
        }
        if (c >= 0x2FF0 && c <= 0x2FFF || c == 0x31EF || c == 0xFFFC || c == 0xFFFD || c == IDEOGRAPHIC_FULL_STOP) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.UNASSIGNED, Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
