package io.smtpra.mailer;

import io.smtpra.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes fields of a header: folded, and in ASCII but for local parts of addresses that are not. */
final class HeaderWriter {

    /** RFC 2047 section 2: a line with encoded words has at most 76 characters. */
    private static final int WIDTH = 76;
    /** A word longer than this is encoded, so that no line comes near the 998 octets of RFC 5322 section 2.1.1. */
    private static final int LONGEST_WORD = 500;
    private static final int LEAST_ROOM = 40;
    private static final String NOT_IN_TOKENS = "()<>@,;:\\\"/[]?=";
    private static final String IN_ATOMS = "!#$%&'*+-/=?^_`{|}~";

    private final StringBuilder out = new StringBuilder();

    /** A field that people read: its text outside ASCII becomes encoded words. */
    HeaderWriter text(String name, String text) {
        boolean plain = EncodedWord.isPlain(text) && !text.contains("  ") && text.equals(text.strip())
                && longestWord(text) <= LONGEST_WORD;
        return plain ? words(name, List.of(text.split(" "))) : words(name, EncodedWord.split(text, room(name)));
    }

    /** A field of words that stand as they are: ids, versions. */
    HeaderWriter words(String name, List<String> words) {
        out.append(name).append(':');
        int column = name.length() + 1;
        for (String word : words) {
            if (column + 1 + word.length() > WIDTH && column > name.length() + 1) {
                out.append("\r\n");
                column = 0;
            }
            out.append(' ').append(word);
            column += 1 + word.length();
        }
        out.append("\r\n");
        return this;
    }

    /** Addresses; nothing where there are none. */
    HeaderWriter addresses(String name, List<MailAddress> addresses) {
        if (addresses.isEmpty()) {
            return this;
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            MailAddress address = addresses.get(i);
            String mailbox = address.mailbox().orElseThrow().toAscii().toString();
            words.addAll(phrase(address.name(), room(name)));
            words.add((address.name().isEmpty() ? mailbox : "<" + mailbox + ">")
                    + (i < addresses.size() - 1 ? "," : ""));
        }
        return words(name, words);
    }

    /** A field with parameters (RFC 2045 section 5.1, RFC 2231). */
    HeaderWriter parameters(String name, String value, Map<String, String> parameters) {
        List<String> words = new ArrayList<>(List.of(value));
        parameters.forEach((key, text) -> words.addAll(parameter(key, text)));
        for (int i = 0; i < words.size() - 1; i++) {
            words.set(i, words.get(i) + ";");
        }
        return words(name, words);
    }

    /** The fields, each with its line end, in UTF-8. */
    byte[] octets() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a text is a token as MIME has them (RFC 2045 section 5.1). */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > 32 && c < 127 && NOT_IN_TOKENS.indexOf(c) < 0);
    }

    private static List<String> phrase(String name, int room) {
        if (name.isEmpty()) {
            return List.of();
        }
        if (!EncodedWord.isPlain(name) || name.length() > WIDTH / 2) {
            return EncodedWord.split(name, room);
        }
        boolean atoms = !name.contains("  ") && name.equals(name.strip())
                && name.chars().allMatch(c -> c == ' ' || isAtomCharacter(c));
        return List.of(atoms ? name : quoted(name));
    }

    private static List<String> parameter(String key, String text) {
        if (isToken(text) && text.length() < LEAST_ROOM) {
            return List.of(key + "=" + text);
        }
        boolean ascii = text.chars().allMatch(c -> c >= 32 && c < 127);
        if (ascii && key.length() + quoted(text).length() < WIDTH - 4) {
            return List.of(key + "=" + quoted(text));
        }
        return extended(key, text);
    }

    /** RFC 2231 section 4.1: what is long, or outside ASCII, in pieces. */
    private static List<String> extended(String key, String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder("utf-8''");
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            String next = octet < '0' || octet > 'z' || octet > '9' && octet < 'A' || octet > 'Z' && octet < 'a'
                    ? String.format("%%%02X", octet & 0xFF) : String.valueOf((char) octet);
            if (key.length() + piece.length() + next.length() > WIDTH - 8) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(next);
        }
        pieces.add(piece.toString());
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            parameters.add(key + (pieces.size() > 1 ? "*" + i : "") + "*=" + pieces.get(i));
        }
        return parameters;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static boolean isAtomCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || IN_ATOMS.indexOf(c) >= 0;
    }

    private static int longestWord(String text) {
        int longest = 0;
        for (String word : text.split(" ")) {
            longest = Math.max(longest, word.length());
        }
        return longest;
    }

    /** What is left of the line behind the field's name. */
    private static int room(String name) {
        return Math.max(LEAST_ROOM, WIDTH - name.length() - 2);
    }

    /** Text of a header in ASCII (RFC 2047): in UTF-8, and whichever of the two encodings is shorter. */
    static final class EncodedWord {

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
}
