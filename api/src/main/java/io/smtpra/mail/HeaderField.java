package io.smtpra.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One field of a header, as it came. */
public final class HeaderField {

    private final byte[] octets;
    private final int nameLength;
    private final int colon;

    /** A line with its continuations, without the line end that ends it. */
    HeaderField(byte[] octets) {
        this.octets = octets;
        int at = 0;
        while (at < octets.length && octets[at] != ':') {
            at++;
        }
        colon = at;
        while (at > 0 && isWhite(octets[at - 1])) {
            at--;
        }
        nameLength = at;
    }

    /**
     * Its name.
     *
     * @return as it was written; of a line without a colon all of it
     */
    public String name() {
        return MailCharsets.header(octets, 0, nameLength);
    }

    /**
     * What stands behind the colon: UTF-8, or ISO 8859-1 where the octets are not that; unfolded (RFC 5322 section
     * 2.2.3), and otherwise as it came, encoded words (RFC 2047) included.
     *
     * @return without white space around it
     */
    public String value() {
        int from = Math.min(colon + 1, octets.length);
        return unfold(MailCharsets.header(octets, from, octets.length)).strip();
    }

    /**
     * What a person reads: the value with its encoded words decoded, and without control characters.
     *
     * @return one line
     */
    public String text() {
        return EncodedWords.decode(value());
    }

    /**
     * The field in characters: UTF-8, or ISO 8859-1 where the octets are not that.
     *
     * @return name, colon and value, folds included
     */
    public String line() {
        return MailCharsets.header(octets, 0, octets.length);
    }

    /**
     * The field octet for octet, folds included.
     *
     * @return a copy, without the line end behind it
     */
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public String toString() {
        return name() + ": " + text();
    }

    boolean is(String wanted) {
        if (wanted.length() != nameLength) {
            return false;
        }
        for (int i = 0; i < nameLength; i++) {
            if (Character.toLowerCase((char) (octets[i] & 0xFF)) != Character.toLowerCase(wanted.charAt(i))) {
                return false;
            }
        }
        return true;
    }

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

    /** All fields of a header. */
    static List<HeaderField> parse(byte[] header) {
        List<HeaderField> fields = new ArrayList<>();
        int start = 0;
        int end = 0;
        int at = 0;
        while (at < header.length) {
            int next = at;
            while (next < header.length && header[next] != '\n') {
                next++;
            }
            boolean continued = header[at] == ' ' || header[at] == '\t';
            if (!continued && end > start) {
                fields.add(new HeaderField(Arrays.copyOfRange(header, start, end)));
                start = at;
            }
            end = next > at && header[next - 1] == '\r' ? next - 1 : next;
            at = next + 1;
        }
        if (end > start) {
            fields.add(new HeaderField(Arrays.copyOfRange(header, start, end)));
        }
        return List.copyOf(fields);
    }

    private static boolean isWhite(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
