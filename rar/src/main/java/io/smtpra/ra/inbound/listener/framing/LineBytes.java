package io.smtpra.ra.inbound.listener.framing;

import java.nio.ByteBuffer;

/** Finds CR and LF eight octets at a time: in text they are rare, and what is between them needs no look of its own. */
public final class LineBytes {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    /** CR and LF as a little-endian number. */
    private static final short CRLF = '\n' << Byte.SIZE | '\r';
    private static final long BEHIND_CR = ONES * ('\r' + 1);

    private LineBytes() {}

    /** The index of the first CR or LF, or {@code limit}; the buffer must be little-endian. */
    static int indexOf(ByteBuffer in, int from, int limit) {
        int i = from;
        while (true) {
            i = skip(in, i, limit);
            if (i > limit - Long.BYTES) {
                break;
            }
            i += Long.numberOfTrailingZeros(upToCr(in.getLong(i))) / Byte.SIZE;
            if (isLineByte(in.get(i))) {
                return i;
            }
            i++;
        }
        while (i < limit && !isLineByte(in.get(i))) {
            i++;
        }
        return i;
    }

    /** The first CR or LF that is not plainly between two lines of which the second begins without a dot; the
     * buffer must be little-endian. */
    static int endOfLines(ByteBuffer in, int from, int limit) {
        int found = indexOf(in, from, limit);
        while (found < limit - 2 && in.getShort(found) == CRLF && in.get(found + 2) != '.') {
            found = indexOf(in, found + 2, limit);
        }
        return found;
    }

    /** Where a word begins that holds an octet up to CR, or where less than a word is left. Two words a step: the test
     * for the end of the loop and the bounds of the buffer are what costs most. */
    private static int skip(ByteBuffer in, int from, int limit) {
        int i = from;
        while (i <= limit - 2 * Long.BYTES) {
            long first = upToCr(in.getLong(i));
            long second = upToCr(in.getLong(i + Long.BYTES));
            if ((first | second) != 0) {
                return first != 0 ? i : i + Long.BYTES;
            }
            i += 2 * Long.BYTES;
        }
        return i <= limit - Long.BYTES && upToCr(in.getLong(i)) == 0 ? i + Long.BYTES : i;
    }

    /** Hands the octets from {@code start} to {@code end} over, and goes on behind them. */
    static void pass(ByteBuffer in, int start, int end, FrameSink sink) {
        int limit = in.limit();
        in.position(start).limit(end);
        try {
            sink.content(in);
        } finally {
            in.limit(limit).position(end);
        }
    }

    /**
     * The high bit of each octet from NUL to CR; those above the lowest such octet may be wrong. One test for both, and
     * for the few other control characters, takes half the time of one for each.
     */
    private static long upToCr(long word) {
        return (word - BEHIND_CR) & ~word & HIGHS;
    }

    private static boolean isLineByte(byte octet) {
        return octet == '\r' || octet == '\n';
    }
}
