package io.smtpra.ra.outbound.client;

/**
 * What a content is made of, seen in one pass: how long it is once its line ends are repaired, where it has octets above
 * 127, and whether it can go as it is.
 */
final class ContentScan {

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

    /** Up to CR or LF, noting what is above 127. Nearly all octets take the first branch. */
    private int lineEnd(byte[] in, int from, int to) {
        int i = from;
        for (; i < to; i++) {
            byte b = in[i];
            if (b > '\r') {
                continue;
            }
            if (b == '\r' || b == '\n') {
                break;
            }
            if (b < 0) {
                eightBitHeader |= inHeader;
                eightBitBody |= !inHeader;
            }
        }
        return i;
    }

    private void endLine() {
        // The header ends with the first empty line (RFC 5322 section 2.1).
        inHeader &= !atLineStart;
        atLineStart = true;
    }
}
