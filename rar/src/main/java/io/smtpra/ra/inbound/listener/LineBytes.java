package io.smtpra.ra.inbound.listener;

import java.nio.ByteBuffer;

/** Finds CR and LF eight octets at a time: in text they are rare, and everything between them needs no look. */
final class LineBytes {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long CRS = ONES * '\r';
    private static final long LFS = ONES * '\n';

    private LineBytes() {}

    /** The index of the first CR or LF, or {@code limit}; the buffer must be little-endian. */
    static int indexOf(ByteBuffer in, int from, int limit) {
        int i = from;
        for (; i <= limit - Long.BYTES; i += Long.BYTES) {
            long word = in.getLong(i);
            long match = zeroes(word ^ CRS) | zeroes(word ^ LFS);
            if (match != 0) {
                return i + Long.numberOfTrailingZeros(match) / Byte.SIZE;
            }
        }
        for (; i < limit; i++) {
            byte octet = in.get(i);
            if (octet == '\r' || octet == '\n') {
                return i;
            }
        }
        return limit;
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

    /** The high bit of each octet that is zero; those above the lowest such octet may be wrong. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
