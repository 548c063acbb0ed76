package io.smtpra.mailer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text of a header in ASCII (RFC 2047): in UTF-8, and whichever of the two encodings is shorter. */
final class EncodedWord {

    private static final int LONGEST = 75;
    private static final String IN_Q = "!*+-/";
    private static final int FRAME = "=?UTF-8?B??=".length();

    private EncodedWord() {}

    /** Whether a text can stand as it is: printable ASCII that nobody takes for an encoded word. */
    static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= 32 && c < 127) && !text.contains("=?");
    }

    /**
     * The encoded words of a text, none of which ends within a character.
     *
     * @param firstRoom what the first may have
     */
    static List<String> split(String text, int firstRoom) {
        boolean base64 = base64Length(octets(text)) < qLength(text);
        List<String> words = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int room = Math.min(LONGEST, firstRoom);
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            piece.appendCodePoint(c);
            String whole = piece.toString();
            if (FRAME + (base64 ? base64Length(octets(whole)) : qLength(whole)) > room) {
                piece.setLength(piece.length() - Character.charCount(c));
                words.add(word(piece.toString(), base64));
                piece.setLength(0);
                room = LONGEST;
            } else {
                i += Character.charCount(c);
            }
        }
        words.add(word(piece.toString(), base64));
        return words;
    }

    private static String word(String text, boolean base64) {
        return base64
                ? "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?="
                : "=?UTF-8?Q?" + q(text) + "?=";
    }

    private static String q(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet == ' ') {
                encoded.append('_');
            } else if (isQ(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append(String.format("=%02X", octet & 0xFF));
            }
        }
        return encoded.toString();
    }

    private static int qLength(String text) {
        int length = 0;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            length += octet == ' ' || isQ(octet) ? 1 : 3;
        }
        return length;
    }

    /** What may stand in a phrase too (RFC 2047 section 5 (3)). */
    private static boolean isQ(int octet) {
        return octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9'
                || octet > 0 && IN_Q.indexOf(octet) >= 0;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int base64Length(int octets) {
        return (octets + 2) / 3 * 4;
    }
}
