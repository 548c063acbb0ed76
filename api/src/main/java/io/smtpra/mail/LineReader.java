package io.smtpra.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines of any length in a buffer of its own: where each begins and ends, and its first octets. */
final class LineReader {

    private static final int SIZE = 64 * 1024;
    /** Octets of a line that is longer than the buffer which are looked at. */
    private static final int KEPT = 4 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[SIZE];
    private int next;
    private int filled;
    /** The position of the octet behind the buffer's last. */
    private long read;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
    private int mostCaptured = -1;

    private int lineFrom;
    private int lineLength;
    private int lineEnd;
    private long start;
    private long end;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false if there is none. */
    boolean next() throws IOException {
        start = position();
        int looked = next;
        while (true) {
            int feed = lineFeed(looked);
            if (feed >= 0) {
                boolean carriageReturn = feed > next && buffer[feed - 1] == '\r';
                line(feed + 1, carriageReturn ? 2 : 1);
                return true;
            }
            looked = filled;
            if (next > 0) {
                System.arraycopy(buffer, next, buffer, 0, filled - next);
                looked -= next;
                filled -= next;
                next = 0;
            }
            if (filled == SIZE) {
                longLine();
                return true;
            }
            if (!fill()) {
                boolean any = filled > next;
                line(filled, 0);
                return any;
            }
        }
    }

    /** Where the line begins. */
    long start() {
        return start;
    }

    /** Behind the line, its line end included. */
    long end() {
        return end;
    }

    /** How many octets its line end has: 0 to 2. */
    int lineEnd() {
        return lineEnd;
    }

    /** How many octets of it, without its line end, can be looked at: all, but for a very long line. */
    int length() {
        return lineLength;
    }

    byte octet(int index) {
        return buffer[lineFrom + index];
    }

    /** Keeps the lines that follow, as far as that many octets. */
    void capture(int most) {
        captured.reset();
        mostCaptured = most;
    }

    /** Ends the keeping. Whoever asks knows how many octets of it are his. */
    byte[] captured() {
        mostCaptured = -1;
        return captured.toByteArray();
    }

    private long position() {
        return read - (filled - next);
    }

    private int lineFeed(int from) {
        byte[] octets = buffer;
        int to = filled;
        for (int i = from; i < to; i++) {
            if (octets[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void line(int behind, int ending) {
        keep(next, behind);
        lineFrom = next;
        lineEnd = ending;
        lineLength = behind - next - ending;
        next = behind;
        end = position();
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer, filled, SIZE - filled);
        if (count > 0) {
            filled += count;
            read += count;
        }
        return count > 0;
    }

    /** A line that does not fit: its beginning stays where it is, and the rest goes by behind it. */
    private void longLine() throws IOException {
        keep(0, filled);
        boolean carriageReturn = buffer[filled - 1] == '\r';
        lineFrom = 0;
        lineLength = KEPT;
        lineEnd = 0;
        filled = KEPT;
        next = KEPT;
        while (fill()) {
            int feed = lineFeed(KEPT);
            int behind = feed < 0 ? filled : feed + 1;
            keep(KEPT, behind);
            if (feed >= 0) {
                boolean before = feed > KEPT ? buffer[feed - 1] == '\r' : carriageReturn;
                lineEnd = before ? 2 : 1;
                next = behind;
                break;
            }
            carriageReturn = buffer[filled - 1] == '\r';
            filled = KEPT;
        }
        if (lineEnd == 0) {
            next = filled;
        }
        end = position();
    }

    private void keep(int from, int to) {
        if (mostCaptured >= 0) {
            captured.write(buffer, from, Math.max(0, Math.min(to - from, mostCaptured - captured.size())));
        }
    }
}
