package io.smtpra.ra.inbound.smtp.argument;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The encoding of RFC 3461 section 4: {@code +} and two hexadecimal digits for what cannot stand for itself. */
final class Xtext {

    private static final Pattern UTF8_PART =
            Pattern.compile("\\\\x\\{([0-9A-F]{2,6})}|[!-*,-<>-\\[\\]-~]|[^\\x00-\\x7F]");

    private Xtext() {}

    /** What was encoded: printable ASCII; empty if the text is not xtext, or hides other characters. */
    static Optional<String> decode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                int code = i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
                if (code < 32 || code > 126) {
                    return Optional.empty();
                }
                decoded.append((char) code);
                i += 2;
            } else if (c > 32 && c < 127 && c != '=') {
                decoded.append(c);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(decoded.toString());
    }

    /**
     * What was encoded by RFC 6533 section 3: UTF-8 as it is or as {@code \x{20AC}}; empty if it is not that, or
     * hides control characters.
     */
    static Optional<String> decodeUtf8(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        Matcher part = UTF8_PART.matcher(text);
        while (part.lookingAt()) {
            int c = part.group(1) == null ? part.group().codePointAt(0) : Integer.parseInt(part.group(1), 16);
            if (!Character.isValidCodePoint(c) || c >= 0xD800 && c <= 0xDFFF || Character.isISOControl(c)) {
                return Optional.empty();
            }
            decoded.appendCodePoint(c);
            part.region(part.end(), text.length());
        }
        return part.regionStart() == text.length() ? Optional.of(decoded.toString()) : Optional.empty();
    }

    /** RFC 3461 has upper case digits alone. */
    private static int hex(char high, char low) {
        int first = "0123456789ABCDEF".indexOf(high);
        int second = "0123456789ABCDEF".indexOf(low);
        return first < 0 || second < 0 ? -1 : first * 16 + second;
    }
}
