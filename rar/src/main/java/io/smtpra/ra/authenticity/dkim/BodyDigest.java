package io.smtpra.ra.authenticity.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash of a body in the form in which it is signed (RFC 6376 section 3.4), made while the body passes. What may yet
 * turn out to be the end of a line or of the body is held back, as a count; all else goes through in the runs in which
 * it comes.
 */
public final class BodyDigest {

    /** Shorter runs are gathered: asking for a hash of some octets costs more than copying them. */
    private static final int SHORT = 512;
    private static final int GATHERED = 4 * 1_024;

    private final MessageDigest digest = sha256();
    private final boolean relaxed;
    private final long limit;
    private final WhiteSpaceMarks marks = new WhiteSpaceMarks();
    private final byte[] gathered = new byte[GATHERED];
    private int gatheredCount;
    private long length;
    private long lineEnds;
    private boolean blank;
    private boolean afterCr;
    private boolean something;

    /**
     * What came out.
     *
     * @param hash 32 octets
     * @param length how many octets the body has in its form, whether all were hashed or not
     */
    public record Value(byte[] hash, long length) {}

    /**
     * A hash.
     *
     * @param form how the body is brought into a form that survives its way
     * @param limit how many octets of that form count
     */
    public BodyDigest(Canonicalization form, long limit) {
        this.relaxed = form == Canonicalization.RELAXED;
        this.limit = limit;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** Takes the next octets of the body. */
    public void add(byte[] in, int from, int to) {
        if (!relaxed) {
            addPiece(in, from, to);
            return;
        }
        for (int piece = from; piece < to; piece += WhiteSpaceMarks.PIECE) {
            int end = Math.min(to, piece + WhiteSpaceMarks.PIECE);
            marks.look(in, piece, end);
            addPiece(in, piece, end);
        }
    }

    private void addPiece(byte[] in, int from, int to) {
        int i = from;
        while (i < to) {
            byte b = in[i];
            if (afterCr) {
                afterCr = false;
                if (b == '\n') {
                    blank = false;
                    lineEnds++;
                    i++;
                } else {
                    // Not the end of a line, but an octet like any other.
                    release();
                    put((byte) '\r');
                }
            } else if (b == '\r') {
                afterCr = true;
                i++;
            } else if (relaxed && (b == ' ' || b == '\t')) {
                blank = true;
                i++;
            } else {
                release();
                int end = endOfRun(in, i, to);
                put(in, i, end);
                i = end;
            }
        }
    }

    /**
     * The hash, once the body has ended. Empty lines at the end do not count; what there is ends with a line end.
     *
     * @return it, and how long the body is in its form
     */
    public Value end() {
        if (afterCr) {
            release();
            put((byte) '\r');
        }
        if (something || !relaxed) {
            put((byte) '\r');
            put((byte) '\n');
        }
        flush();
        return new Value(digest.digest(), length);
    }

    /** From an octet that is text up to the last that is text again, of those which do not change in between. */
    private int endOfRun(byte[] in, int from, int to) {
        int end = relaxed && from + 1 < to ? marks.next(from + 1) : to;
        while (end > from + 1) {
            byte last = in[end - 1];
            if (last == '\n' && in[end - 2] == '\r') {
                end--;
            } else if (last != '\r' && !(relaxed && last == ' ')) {
                break;
            }
            end--;
        }
        return end;
    }

    /** What was held back is followed by text, so it counts. */
    private void release() {
        something = true;
        while (lineEnds > 0) {
            put((byte) '\r');
            put((byte) '\n');
            lineEnds--;
        }
        if (blank) {
            put((byte) ' ');
            blank = false;
        }
    }

    private void put(byte octet) {
        if (gatheredCount == GATHERED) {
            flush();
        }
        gathered[gatheredCount++] = octet;
    }

    private void put(byte[] in, int from, int to) {
        int count = to - from;
        if (count < SHORT) {
            if (GATHERED - gatheredCount < count) {
                flush();
            }
            System.arraycopy(in, from, gathered, gatheredCount, count);
            gatheredCount += count;
        } else {
            flush();
            hash(in, from, count);
        }
    }

    private void flush() {
        hash(gathered, 0, gatheredCount);
        gatheredCount = 0;
    }

    private void hash(byte[] in, int from, int count) {
        long left = limit - length;
        if (left > 0) {
            digest.update(in, from, (int) Math.min(count, left));
        }
        length += count;
    }
}
