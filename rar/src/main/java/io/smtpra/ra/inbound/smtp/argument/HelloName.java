package io.smtpra.ra.inbound.smtp.argument;

/**
 * The name that a client gives in {@code EHLO} or {@code HELO}. What the world says here is rarely a domain name, and
 * none of our business (RFC 5321 section 4.1.4): it is taken, and cleaned where it is shown.
 */
public final class HelloName {

    private static final int MAX = 255;

    private HelloName() {}

    /** Whether there is a name at all, and no more than a name can be long. */
    public static boolean isName(String argument) {
        return !argument.isEmpty() && argument.length() <= MAX;
    }

    /**
     * One harmless word for the {@code Received:} header: the first, for more than one is a comment; with a question
     * mark for whatever is not ASCII, or would not be part of a word there (RFC 5322 section 3.2.3).
     */
    public static String inHeader(String name) {
        int blank = name.indexOf(' ');
        String word = blank < 0 ? name : name.substring(0, blank);
        boolean literal = isLiteral(word);
        for (int i = 0; i < word.length(); i++) {
            if (!isHarmless(word.charAt(i), literal)) {
                return cleaned(word, literal);
            }
        }
        return word;
    }

    private static String cleaned(String word, boolean literal) {
        StringBuilder clean = new StringBuilder(word.length());
        word.codePoints().forEach(c -> clean.append(isHarmless(c, literal) ? (char) c : '?'));
        return clean.toString();
    }

    private static boolean isHarmless(int c, boolean literal) {
        return c > 32 && c < 127 && "()<>@,;\\\"".indexOf(c) < 0 && (literal || c != '[' && c != ']');
    }

    /** Brackets around it, and none within. */
    private static boolean isLiteral(String word) {
        return word.startsWith("[") && word.indexOf(']') == word.length() - 1 && word.lastIndexOf('[') == 0;
    }
}
