package io.smtpra.ra.inbound.smtp.content;

import java.nio.ByteBuffer;

/**
 * Counts the {@code Received:} headers of a content while it passes (RFC 5321 section 6.3), however it is cut into
 * pieces. Looks at the header section alone, octet by octet, and makes no object.
 */
final class ReceivedCounter {

    private static final byte[] NAME = {'r', 'e', 'c', 'e', 'i', 'v', 'e', 'd'};
    private static final int NO_MATCH = -1;

    private int count;
    /** How much of the name this line has matched so far; {@link #NO_MATCH} once it cannot any more. */
    private int matched;
    /** Whether this line has had nothing so far but perhaps a CR. */
    private boolean lineEmpty = true;
    private boolean inHeaders = true;

    /** Looks at octets without taking them. */
    void count(ByteBuffer octets) {
        int limit = octets.limit();
        for (int i = octets.position(); inHeaders && i < limit; i++) {
            next(octets.get(i));
        }
    }

    /** How many there were so far. */
    int count() {
        return count;
    }

    private void next(byte octet) {
        if (octet == '\n') {
            inHeaders = !lineEmpty;
            lineEmpty = true;
            matched = 0;
            return;
        }
        lineEmpty &= octet == '\r';
        if (matched == NAME.length) {
            // RFC 5322 section 4.5.3: blanks may stand before the colon
            if (octet == ':') {
                count++;
            }
            matched = octet == ' ' || octet == '\t' ? matched : NO_MATCH;
        } else if (matched != NO_MATCH) {
            matched = lowerCase(octet) == NAME[matched] ? matched + 1 : NO_MATCH;
        }
    }

    private static int lowerCase(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }
}
