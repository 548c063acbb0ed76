package io.smtpra.compose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the {@code Message-ID} in the header of a mail whose octets pass by, however they are cut into pieces. Looks at
 * the header section alone, and makes no object before it has found one.
 */
public final class MessageIdFinder {

    /** Longer ones are cut. */
    private static final int LONGEST = 250;
    /** What a small letter has and a capital one has not. */
    private static final int CASE = 0x20;
    private static final int DELETE = 127;
    private static final byte[] NAME = "message-id".getBytes(StandardCharsets.US_ASCII);

    private enum Place {
        /** At the beginning of a line, or within a name that may be the one. */
        NAME,
        /** In a line that is another's. */
        OTHER,
        /** Behind the colon. */
        VALUE,
        /** It is found, or the header has ended. */
        OVER
    }

    private Place place = Place.NAME;
    private int matched;
    private boolean lineEmpty = true;
    private byte[] value = {};
    private int length;

    /** Has not seen anything yet. */
    public MessageIdFinder() {
        // at the beginning of the first line
    }

    /**
     * Looks at octets without taking them.
     *
     * @param octets the next ones
     */
    public void look(ByteBuffer octets) {
        int limit = octets.limit();
        for (int i = octets.position(); place != Place.OVER && i < limit; i++) {
            next(octets.get(i));
        }
    }

    /**
     * Looks at octets.
     *
     * @param octets holds the next ones
     * @param from where they begin
     * @param to where they end
     */
    public void look(byte[] octets, int from, int to) {
        for (int i = from; place != Place.OVER && i < to; i++) {
            next(octets[i]);
        }
    }

    /**
     * Whether further octets change nothing.
     *
     * @return true once it is found, or the header has ended
     */
    public boolean isOver() {
        return place == Place.OVER;
    }

    /**
     * What was found.
     *
     * @return the id with its angle brackets, at most 250 characters of ASCII, a question mark for each one that is no
     *     graphic one or a quotation mark; absent if there is none
     */
    public Optional<String> found() {
        return length == 0 ? Optional.empty()
                : Optional.of(new String(value, 0, length, StandardCharsets.US_ASCII));
    }

    private void next(byte octet) {
        switch (place) {
            case NAME -> name(octet);
            case OTHER -> {
                if (octet == '\n') {
                    beginLine();
                }
            }
            default -> value(octet);
        }
    }

    private void beginLine() {
        place = Place.NAME;
        matched = 0;
        lineEmpty = true;
    }

    private void name(byte octet) {
        if (octet == '\n' && lineEmpty) {
            place = Place.OVER;
        } else if (octet == '\n') {
            beginLine();
        } else if (octet != '\r' || !lineEmpty) {
            lineEmpty = false;
            match(octet);
        }
    }

    private void match(byte octet) {
        if (matched == NAME.length) {
            // RFC 5322 section 4.5.8: blanks may stand before the colon
            if (octet == ':') {
                place = Place.VALUE;
                value = new byte[LONGEST];
            } else if (octet != ' ' && octet != '\t') {
                place = Place.OTHER;
            }
        } else if (octet != '\r' && (octet | CASE) == NAME[matched]) {
            matched++;
        } else {
            place = Place.OTHER;
        }
    }

    /** Folded lines belong together (RFC 5322 section 2.2.3); what is behind the closing bracket does not count. */
    private void value(byte octet) {
        boolean blank = octet == ' ' || octet == '\t';
        if (octet == '\n') {
            place = length > 0 || lineEmpty ? Place.OVER : place;
            lineEmpty = true;
        } else if (octet != '\r' && lineEmpty && !blank) {
            // the next field: this one was empty
            beginLine();
            name(octet);
        } else if (octet != '\r') {
            lineEmpty = false;
            if (!blank || length > 0) {
                add(octet);
            }
        }
    }

    private void add(byte octet) {
        value[length++] = octet > ' ' && octet < DELETE && octet != '"' ? octet : (byte) '?';
        if (octet == '>' || length == LONGEST) {
            place = Place.OVER;
        }
    }
}
