package io.smtpra.mail;

/** What is done to characters of every header. */
final class Text {

    private Text() {}

    /** Takes line ends away; the white space behind them stays (RFC 5322 section 2.2.3). */
    static String unfold(String value) {
        if (value.indexOf('\n') < 0 && value.indexOf('\r') < 0) {
            return value;
        }
        StringBuilder line = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\n' && c != '\r') {
                line.append(c);
            }
        }
        return line.toString();
    }

    /** No control characters: an encoded word may hide line ends, which must not become lines of another header. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(Character.isISOControl(c) && !isLatin(c) ? ' ' : c);
        }
        return clean.toString().strip();
    }

    /** Octets of Windows' charset in what claims to be ISO 8859-1: ugly, but nothing that anybody obeys. */
    private static boolean isLatin(char c) {
        return c >= 0x80 && c != 0x85;
    }

    /** Lines as Java has them. */
    static String withLineFeeds(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }
}
