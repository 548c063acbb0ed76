package io.smtpra.idna;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our domain names beside ICU's, which carries fifteen megabytes to know the same. */
class IcuComparisonTest {

    private static final IDNA ICU =
            IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /** What we look at for ourselves, in a domain of ASCII as in any. */
    private static final Set<IDNA.Error> OURS = EnumSet.of(IDNA.Error.EMPTY_LABEL, IDNA.Error.LABEL_TOO_LONG,
            IDNA.Error.DOMAIN_NAME_TOO_LONG);

    private static final Pattern PLAIN_WITH_HYPHENS = Pattern.compile("(^|\\.)(?!xn)[\\x00-\\x2d\\x2f-\\x7f]{2}--");

    @Test
    void everyCharacterIsMappedAsIcuDoes() {
        Normalizer2 uts46 = Normalizer2.getInstance(null, "uts46", Normalizer2.Mode.COMPOSE);
        List<String> different = new ArrayList<>();
        charactersOfBoth().forEach(c -> {
            String theirs = uts46.normalize(Character.toString(c));
            Optional<String> expected = Optional.of(theirs).filter(text -> text.indexOf(0xFFFD) < 0);
            Optional<String> ours = Mapping.mapped(c);
            if (!ours.equals(expected)) {
                different.add(String.format(Locale.ROOT, "U+%04X: %s, not %s", c, ours, expected));
            }
        });
        assertThat(different).isEmpty();
    }

    @Test
    void everyCharacterMakesTheSameName() {
        // that all the others are refused the mapping has shown
        charactersOfBoth().filter(Character::isDefined).filter(c -> Character.getType(c) != Character.PRIVATE_USE)
                .forEach(c -> assertSame("a" + Character.toString(c) + "b.example"));
    }

    /** Names of few characters, which meet the rules on joiners and directions often. */
    @ParameterizedTest
    @ValueSource(strings = {
        "a1-ü\u00DF",
        "a1.\u05D0\u0661\u0627",
        "1-a\u05D0\u05B0\u0627",
        "\u0628\u0627\u200C\u064B\u200Da",
        "\u0915\u094D\u200C\u200D\u0628",
        "\uA840\uA872\u200C\u0628\u0622\u07CA",
        "A\u0301\u0327e\u200D\uFF0E",
        "\uFE0F\u2764\u200D\u00ADb"})
    void namesOfAFewCharactersAreTheSame(String alphabet) {
        int[] characters = alphabet.codePoints().toArray();
        Random random = new Random(alphabet.hashCode());
        for (int i = 0; i < 5_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(7); length > 0; length--) {
                name.appendCodePoint(characters[random.nextInt(characters.length)]);
            }
            assertSame(name.toString());
        }
    }

    @Test
    void namesOfAnyCharactersAreTheSame() {
        int[] characters = charactersOfBoth().filter(c -> Mapping.mapped(c).isPresent()).toArray();
        Random random = new Random(46);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            int from = random.nextInt(characters.length - 100);
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                name.appendCodePoint(characters[from + random.nextInt(100)]);
            }
            assertSame(name.toString());
        }
    }

    @Test
    void labelsThatSayTheyAreALabelsAreReadAsIcuDoes() {
        Random random = new Random(3492);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder label = new StringBuilder("xn--");
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                label.append("abcdefghijklmnopqrstuvwxyz0123456789-".charAt(random.nextInt(37)));
            }
            if (label.charAt(label.length() - 1) == '-') {
                continue;
            }
            IDNA.Info info = new IDNA.Info();
            String theirs = ICU.nameToUnicode(label, new StringBuilder(), info).toString();
            String expected = info.hasErrors() || theirs.codePoints().anyMatch(c -> !isOfBoth(c))
                    ? label.toString() : theirs;
            assertThat(DomainName.parse(label.toString()).unicode()).as("%s", label).isEqualTo(expected);
        }
    }

    private static void assertSame(String name) {
        IDNA.Info info = new IDNA.Info();
        String theirs = ICU.nameToASCII(name, new StringBuilder(), info).toString();
        if (PLAIN_WITH_HYPHENS.matcher(theirs).find()) {
            // r3---sn-4g5e is a name for the DNS and for us, and no label of IDNA
            return;
        }
        boolean refusedForOthers = info.getErrors().stream().anyMatch(error -> !OURS.contains(error));
        Optional<String> expected = refusedForOthers ? Optional.empty() : accepted(theirs);
        Optional<String> ours = accepted(name);
        if (!ours.equals(expected)) {
            assertThat(ours).as(escaped(name)).isEqualTo(expected);
        }
    }

    private static Optional<String> accepted(String name) {
        try {
            return Optional.of(DomainName.parse(name).ascii());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Those that both this JDK's Unicode and ICU's have; and a half of a pair is none. */
    private static IntStream charactersOfBoth() {
        return IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT).filter(IcuComparisonTest::isOfBoth);
    }

    private static boolean isOfBoth(int c) {
        return (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                && Character.isDefined(c) == (UCharacter.isDefined(c));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> escaped.append(String.format(Locale.ROOT, "\\u%04X", c)));
        return escaped.toString();
    }
}
