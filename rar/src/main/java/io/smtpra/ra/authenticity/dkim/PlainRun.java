package io.smtpra.ra.authenticity.dkim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds white space that the relaxed form of a body changes (RFC 6376 section 3.4.4): a tab, or a space with white space
 * or the end of the line behind it. Nearly all of a body has neither, and is looked at 64 octets at a time.
 */
final class PlainRun {

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int BLOCK = 64;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = ONES * 0x80;
    private static final long LOWS = ONES * 0x7f;
    private static final long SPACES = ONES * ' ';
    /** What is to be added to an octet of ASCII so that its high bit is set when it is above the one named. */
    private static final long ABOVE_TAB = ONES * (0x7f - '\t');
    private static final long ABOVE_SPACE = ONES * (0x7f - ' ');

    private PlainRun() {}

    /** The place of the first white space that may change, or {@code to}; a space that is the last octet may. */
    static int end(byte[] in, int from, int to) {
        int at = from;
        while (to - at > BLOCK) {
            if (!isPlain(in, at)) {
                int found = change(in, at, at + BLOCK);
                if (found < at + BLOCK) {
                    return found;
                }
            }
            at += BLOCK;
        }
        while (at < to - 1) {
            int end = Math.min(to - 1, at + BLOCK);
            int found = change(in, at, end);
            if (found < end) {
                return found;
            }
            at = end;
        }
        return at < to && (in[at] == ' ' || in[at] == '\t') ? at : to;
    }

    /**
     * Whether a block has none. The octet behind it is there.
     *
     * <p>A high bit that stays set in each octet of {@code plain} says: not a tab or below, and not a space with a
     * space, a control character or the end of the line behind it.
     */
    private static boolean isPlain(byte[] in, int from) {
        long plain = HIGHS;
        long all = 0;
        for (int i = from; i < from + BLOCK; i += Long.BYTES) {
            long word = (long) WORDS.get(in, i);
            long next = (long) WORDS.get(in, i + 1);
            all |= word | next;
            plain &= word + ABOVE_TAB & ((word ^ SPACES) + LOWS | next + ABOVE_SPACE);
        }
        return (all & HIGHS) == 0 ? plain == HIGHS : isPlainEightBit(in, from);
    }

    /** The same with octets above 127, which must not carry over into their neighbours. */
    private static boolean isPlainEightBit(byte[] in, int from) {
        long plain = HIGHS;
        for (int i = from; i < from + BLOCK; i += Long.BYTES) {
            long word = (long) WORDS.get(in, i);
            long next = (long) WORDS.get(in, i + 1);
            long aboveTab = (word & LOWS) + ABOVE_TAB | word;
            long noSpace = ((word ^ SPACES) & LOWS) + LOWS | word;
            long aboveSpace = (next & LOWS) + ABOVE_SPACE | next;
            plain &= aboveTab & (noSpace | aboveSpace);
        }
        return plain == HIGHS;
    }

    /** Octet by octet; the octet at {@code to} is there. */
    private static int change(byte[] in, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = in[i];
            if (b == '\t') {
                return i;
            }
            if (b == ' ') {
                byte next = in[i + 1];
                if (next == ' ' || next == '\t' || next == '\r') {
                    return i;
                }
            }
        }
        return to;
    }
}
