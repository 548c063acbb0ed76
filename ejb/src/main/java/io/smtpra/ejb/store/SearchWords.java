package io.smtpra.ejb.store;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A text as it is searched: its words in small letters, a blank before each. Letters, marks and digits make a word;
 * each character of a writing that has no blanks between words is one of its own. The same is made of a mail and of a
 * question, so that both databases find the same.
 */
final class SearchWords {

    /** PostgreSQL's index takes 1 MiB of words and their places; this much of any text is less. */
    static final int MOST = 128 * 1024;

    private SearchWords() {
    }

    /** The words of a text, cut off at so many characters. */
    static String of(String text, int most) {
        StringBuilder words = new StringBuilder();
        String plain = Normalizer.normalize(text.length() > 2 * most ? text.substring(0, 2 * most) : text,
                Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        boolean within = false;
        for (int i = 0; i < plain.length() && words.length() < most - 4; ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            boolean alone = standsAlone(c);
            if (alone || isOfWord(c)) {
                if (alone || !within) {
                    words.append(' ');
                }
                words.appendCodePoint(c);
            }
            within = !alone && isOfWord(c);
        }
        return words.toString();
    }

    private static boolean isOfWord(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean standsAlone(int c) {
        if (c < 0x0E00) {
            return false;
        }
        return Character.isIdeographic(c) || switch (Character.UnicodeScript.of(c)) {
            case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetter(c);
            default -> false;
        };
    }
}
