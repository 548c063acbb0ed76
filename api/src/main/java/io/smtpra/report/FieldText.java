package io.smtpra.report;

/** A field of a report: one line, folded where it is long, and without anything that could be another. */
final class FieldText {

    /** RFC 5322 section 2.1.1. */
    private static final int WIDTH = 78;
    /** Of a word, in characters, so that no line is longer than RFC 5322 allows; addresses never come near it. */
    private static final int MOST_IN_ASCII = 900;
    private static final int MOST = 300;

    private FieldText() {}

    static String of(String name, String value, boolean utf8) {
        StringBuilder text = new StringBuilder(name).append(':');
        int lineStart = 0;
        for (String word : clean(value, utf8).split(" ")) {
            int length = text.length() - lineStart;
            if (length + 1 + word.length() > WIDTH && length > name.length() + 1) {
                text.append("\r\n");
                lineStart = text.length();
            }
            text.append(' ').append(word, 0, Math.min(word.length(), most(word)));
        }
        return text.toString();
    }

    private static int most(String word) {
        return word.chars().allMatch(c -> c < 128) ? MOST_IN_ASCII : MOST;
    }

    /** Without control characters and, unless UTF-8 may be spoken, without any outside ASCII. */
    static String clean(String value, boolean utf8) {
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                clean.append(' ');
            } else if (c > 127 && !utf8) {
                clean.append('?');
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString().strip();
    }
}
