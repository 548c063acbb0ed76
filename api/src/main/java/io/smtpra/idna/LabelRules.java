package io.smtpra.idna;

import java.text.Normalizer;

/** What a U-label must keep, apart from its direction (RFC 5891 section 4.2.3, UTS 46 section 4.1). */
final class LabelRules {

    private LabelRules() {}

    static boolean hold(String label) {
        return Normalizer.isNormalized(label, Normalizer.Form.NFC)
                && !(label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2))
                && !isMark(label.codePointAt(0))
                && Joiners.areInPlace(label);
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
