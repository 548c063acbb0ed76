package io.smtpra.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the encoded words of RFC 2047 as they are really sent: within quotes, with spaces, glued to other text, with
 * a character cut in two between words, with an unknown charset.
 */
final class EncodedWords {

    private final String text;
    private final StringBuilder decoded = new StringBuilder();
    /** Octets of words whose charset is the same, for a character may begin in one and end in the next. */
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private String charset = "";
    /** No further search for an end: each of many beginnings would go through all that follows. */
    private boolean noMoreEnds;

    private EncodedWords(String text) {
        this.text = text;
    }

    /** The text as a person reads it, without control characters. */
    static String decode(String text) {
        return clean(text.contains("=?") ? new EncodedWords(text).run() : text);
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

    private String run() {
        int at = 0;
        while (at < text.length()) {
            int word = text.indexOf("=?", at);
            int plain = word < 0 ? text.length() : word;
            if (plain > at) {
                flush();
                decoded.append(text, at, plain);
                at = plain;
            }
            int end = word < 0 ? -1 : word(word);
            if (end >= 0) {
                at = end;
            } else if (word >= 0) {
                flush();
                decoded.append("=?");
                at = word + 2;
            }
        }
        flush();
        return decoded.toString();
    }

    /** Takes the word that begins there, after what stands between the last one and it; -1 if it is none. */
    private int word(int start) {
        int nameEnd = text.indexOf('?', start + 2);
        if (nameEnd < 0 || nameEnd + 2 >= text.length() || text.charAt(nameEnd + 2) != '?') {
            return -1;
        }
        char encoding = Character.toLowerCase(text.charAt(nameEnd + 1));
        if (noMoreEnds || encoding != 'b' && encoding != 'q' || nameEnd - start > 80) {
            return -1;
        }
        int end = text.indexOf("?=", nameEnd + 3);
        if (end < 0) {
            noMoreEnds = true;
            return -1;
        }
        // RFC 2231 section 5: the charset may be followed by an asterisk and a language
        String tag = text.substring(start + 2, nameEnd);
        int language = tag.indexOf('*');
        String name = language < 0 ? tag : tag.substring(0, language);
        if (!name.equalsIgnoreCase(charset)) {
            flush();
            charset = name;
        }
        if (encoding == 'b') {
            base64(nameEnd + 3, end);
        } else {
            quoted(nameEnd + 3, end);
        }
        return skipWhite(end + 2);
    }

    /** White space between two words belongs to neither (RFC 2047 section 6.2). */
    private int skipWhite(int end) {
        int at = end;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        if (at > end && text.startsWith("=?", at) && isWord(at)) {
            return at;
        }
        return end;
    }

    private boolean isWord(int start) {
        int nameEnd = text.indexOf('?', start + 2);
        return nameEnd > 0 && nameEnd - start <= 80 && nameEnd + 2 < text.length() && text.charAt(nameEnd + 2) == '?'
                && "bBqQ".indexOf(text.charAt(nameEnd + 1)) >= 0;
    }

    private void base64(int from, int to) {
        byte[] encoded = text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
        octets.writeBytes(Base64Stream.decode(encoded));
    }

    private void quoted(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int octet = c == '=' && i + 2 < to ? QuotedPrintableStream.hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
            if (octet >= 0) {
                octets.write(octet);
                i += 2;
            } else if (c == '_') {
                octets.write(' ');
            } else if (c < 0x80) {
                octets.write(c);
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void flush() {
        if (octets.size() > 0) {
            byte[] all = octets.toByteArray();
            decoded.append(MailCharsets.decode(all, all.length, charset));
            octets.reset();
        }
    }
}
