package io.smtpra.ra.outbound.form;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a content is made of, seen in one pass: how long it is once its line ends are repaired, where it has octets
 * above 127, and whether it can go as it is.
 */
final class ContentScan {

    /** What a line may have without its end (RFC 5321 section 4.5.3.1.6). */
    static final int MAX_LINE = 998;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long BEHIND_CR = ONES * ('\r' + 1);

    private long octets;
    private long repairs;
    private long longestLine;
    private long lineLength;
    private boolean eightBitHeader;
    private boolean notUtf8Header;
    private int awaited;
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
            lineLength += i - start;
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
        longestLine = Math.max(longestLine, lineLength);
        notUtf8Header |= awaited > 0;
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

    /** Whether there is UTF-8 in the header (RFC 6532), and not octets of another charset, which mean nothing there. */
    boolean isUtf8Header() {
        return eightBitHeader && !notUtf8Header;
    }

    /** The length of the longest line, without its end. */
    long longestLine() {
        return longestLine;
    }

    boolean isEightBitBody() {
        return eightBitBody;
    }

    /** Up to CR or LF, noting what is above 127. */
    private int lineEnd(byte[] in, int from, int to) {
        for (int i = behindPlain(in, from, to); i < to; i++) {
            byte b = in[i];
            if (b > '\r' && awaited == 0) {
                continue;
            }
            if (b == '\r' || b == '\n') {
                return i;
            }
            if (b < 0) {
                eightBitHeader |= inHeader;
                eightBitBody |= !inHeader;
            }
            if (inHeader) {
                utf8(b);
            }
        }
        return to;
    }

    /** Counts the octets that belong to one character (RFC 3629 section 3). */
    private void utf8(byte b) {
        boolean goesOn = (b & 0xc0) == 0x80;
        if (goesOn ? awaited == 0 : awaited > 0) {
            notUtf8Header = true;
        }
        if (goesOn) {
            awaited = Math.max(0, awaited - 1);
        } else if (b >= 0) {
            awaited = 0;
        } else {
            int lead = b & 0xff;
            notUtf8Header |= lead < 0xc2 || lead > 0xf4;
            awaited = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        }
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
        longestLine = Math.max(longestLine, lineLength);
        lineLength = 0;
        notUtf8Header |= awaited > 0;
        awaited = 0;
    }
}
