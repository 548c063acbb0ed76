package io.smtpra.ra.inbound.listener;

import java.nio.ByteBuffer;

/** Finds CR and LF eight octets at a time: in text they are rare, and what is between them needs no look of its own. */
final class LineBytes {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long BEHIND_CR = ONES * ('\r' + 1);

    private LineBytes() {}

    /** The index of the first CR or LF, or {@code limit}; the buffer must be little-endian. */
    static int indexOf(ByteBuffer in, int from, int limit) {
        int i = from;
        while (i <= limit - Long.BYTES) {
            long match = upToCr(in.getLong(i));
            if (match == 0) {
                i += Long.BYTES;
            } else {
                i += Long.numberOfTrailingZeros(match) / Byte.SIZE;
                if (isLineByte(in.get(i))) {
                    return i;
                }
                i++;
            }
        }
        while (i < limit && !isLineByte(in.get(i))) {
            i++;
        }
        return i;
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
