package io.smtpra.ra.outbound.compose;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a content is made of, seen in one pass: how long it is once its line ends are repaired, where it has octets above
 * 127, and whether it can go as it is.
 */
final class ContentScan {

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long BEHIND_CR = ONES * ('\r' + 1);

    private long octets;
    private long repairs;
    private boolean eightBitHeader;
    private boolean eightBitBody;
    private boolean dotted;
    private boolean inHeader = true;
    private boolean afterCr;
    private boolean atLineStart = true;

    /** Takes the next part of the content. */
    void add(byte[] in, int from, int to) {
        octets += to - from;
        int i = from;
        while (i < to) {
            if (afterCr) {
                afterCr = false;
                if (in[i] == '\n') {
                    i++;
                } else {
                    repairs++;
                }
                endLine();
                continue;
            }
            dotted |= atLineStart && in[i] == '.';
            int start = i;
            i = lineEnd(in, i, to);
            atLineStart &= i == start;
            if (i == to) {
                return;
            }
            if (in[i++] == '\r') {
                afterCr = true;
            } else {
                repairs++;
                endLine();
            }
        }
    }

    /** The end has been reached. */
    void end() {
        if (afterCr) {
            afterCr = false;
            repairs++;
            endLine();
        }
    }

    /** The length as it stands, in octets. */
    long octets() {
        return octets;
    }

    /** The length with every line end in full and one at the end, without dot-stuffing (RFC 1870 section 5). */
    long repairedSize() {
        return octets + repairs + (atLineStart ? 0 : 2);
    }

    /** Whether every line ends as it must, the last one too. */
    boolean hasGoodLines() {
        return repairs == 0 && atLineStart;
    }

    /** Whether a line begins with a dot. */
    boolean hasLeadingDot() {
        return dotted;
    }

    boolean isEightBitHeader() {
        return eightBitHeader;
    }

    boolean isEightBitBody() {
        return eightBitBody;
    }

    /** Up to CR or LF, noting what is above 127. */
    private int lineEnd(byte[] in, int from, int to) {
        for (int i = behindPlain(in, from, to); i < to; i++) {
            byte b = in[i];
            if (b > '\r') {
                continue;
            }
            if (b == '\r' || b == '\n') {
                return i;
            }
            if (b < 0) {
                eightBitHeader |= inHeader;
                eightBitBody |= !inHeader;
            }
        }
        return to;
    }

    /** Behind the octets that are nothing but text in ASCII, as nearly all are; eight of them a step. */
    private static int behindPlain(byte[] in, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES) {
            long word = (long) WORDS.get(in, i);
            // The high bit of an octet above 127 is set, that of one up to CR after the subtraction.
            if (((word | word - BEHIND_CR) & HIGHS) != 0) {
                break;
            }
            i += Long.BYTES;
        }
        return i;
    }

    private void endLine() {
        // The header ends with the first empty line (RFC 5322 section 2.1).
        inHeader &= !atLineStart;
        atLineStart = true;
    }
}
