package io.smtpra.idna;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The processing of UTS 46 section 4, non-transitional, label for label. */
final class Uts46 {

    /** What an A-label begins with (RFC 5890 section 2.3.2.5). */
    static final String ACE_PREFIX = "xn--";

    private Uts46() {}

    /** The name with all labels in ASCII; whether these have the right characters and length is not looked at. */
    static String toAscii(String name) {
        List<String> labels = labels(Mapping.map(name));
        boolean anyRightToLeft = labels.stream()
                .anyMatch(label -> BidiRule.concerns(isAscii(label) ? decoded(label).orElse(label) : label));
        return labels.stream().map(label -> asciiLabel(label, anyRightToLeft)).collect(Collectors.joining("."));
    }

    /** The name with its valid A-labels as U-labels. */
    static String toUnicode(String asciiName) {
        return labels(asciiName).stream().map(label -> decoded(label).orElse(label)).collect(Collectors.joining("."));
    }

    /** The one message for a name that is none; it repeats nothing of it. */
    static IllegalArgumentException refused() {
        return new IllegalArgumentException("A domain is made of labels of letters, digits and inner hyphens, 1 to "
                + DomainName.MAX_LABEL + " octets each");
    }

    private static String asciiLabel(String label, boolean anyRightToLeft) {
        // RFC 5893 section 2: beside a label from right to left, each label has to keep the rule.
        if (anyRightToLeft && !label.isEmpty() && !BidiRule.holds(decoded(label).orElse(label))) {
            throw refused();
        }
        if (isAscii(label)) {
            return label;
        }
        // Each character takes a letter at least: more of them cannot fit, and need not be encoded to know it.
        if (label.length() > 2 * DomainName.MAX_LABEL || !LabelRules.hold(label)) {
            throw refused();
        }
        return ACE_PREFIX + Punycode.encode(label);
    }

    /** What an A-label stands for; nothing if it is none, or one that a valid U-label does not encode to. */
    private static Optional<String> decoded(String label) {
        if (!label.startsWith(ACE_PREFIX) || label.length() > DomainName.MAX_LABEL) {
            return Optional.empty();
        }
        return Punycode.decode(label.substring(ACE_PREFIX.length()))
                .filter(text -> !isAscii(text))
                .filter(text -> Mapping.isMapped(text) && LabelRules.hold(text))
                .filter(text -> !BidiRule.concerns(text) || BidiRule.holds(text));
    }

    private static List<String> labels(String name) {
        List<String> labels = new ArrayList<>();
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            labels.add(name.substring(start, dot));
            start = dot + 1;
        }
        labels.add(name.substring(start));
        return labels;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
