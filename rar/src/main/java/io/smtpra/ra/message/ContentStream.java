package io.smtpra.ra.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A range of a content as a stream. It holds a position and, once single octets are read, a buffer; nothing is opened, so
 * going anywhere costs nothing, and what is left unclosed keeps nothing.
 */
public class ContentStream extends InputStream {

    private static final int BUFFER_SIZE = 8 * 1024;
    private static final byte[] NO_BUFFER = {};

    private final ReadableOctets content;
    private final long start;
    private final long end;
    private byte[] buffer = NO_BUFFER;
    /** Where the next octet stands in the buffer, and where its octets end. */
    private int next;
    private int filled;
    /** Behind the last octet in the buffer, as a position of the content. */
    private long sourcePosition;
    private long mark = -1;

    /**
     * A range.
     *
     * @param content it is read from
     * @param start position of its first octet
     * @param end position behind its last octet
     */
    public ContentStream(ReadableOctets content, long start, long end) {
        if (start < 0 || end < start || end > content.size()) {
            throw new IllegalArgumentException("Not a range of " + content.size() + " octets: " + start + " to " + end);
        }
        this.content = content;
        this.start = start;
        this.end = end;
        this.sourcePosition = start;
    }

    @Override
    public final int read() throws IOException {
        content.requireOpen();
        if (next == filled && !fill()) {
            return -1;
        }
        return buffer[next++] & 0xFF;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        content.requireOpen();
        if (length == 0) {
            return 0;
        }
        if (next == filled) {
            if (length >= BUFFER_SIZE) {
                return readThrough(target, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int step = Math.min(length, filled - next);
        System.arraycopy(buffer, next, target, offset, step);
        next += step;
        return step;
    }

    /** Of what is short, in one step and without a buffer larger than it. */
    @Override
    public final long transferTo(OutputStream target) throws IOException {
        content.requireOpen();
        long moved = 0;
        while (next < filled || fill()) {
            int step = filled - next;
            next = filled;
            target.write(buffer, filled - step, step);
            moved += step;
        }
        return moved;
    }

    @Override
    public final long skip(long count) {
        long step = Math.max(0, Math.min(count, end - position()));
        moveTo(position() + step);
        return step;
    }

    @Override
    public final int available() throws IOException {
        content.requireOpen();
        return (int) Math.min(Integer.MAX_VALUE, end - position());
    }

    @Override
    public final boolean markSupported() {
        return true;
    }

    @Override
    public final void mark(int limit) {
        mark = position();
    }

    @Override
    public final void reset() throws IOException {
        if (mark < 0) {
            throw new IOException("No mark is set");
        }
        moveTo(mark);
    }

    /** The octets read or skipped so far. */
    protected final long offset() {
        return position() - start;
    }

    /** The content's position of this range's octet, or the end of the range if that is before it. */
    protected final long positionOf(long offset) {
        return offset >= end - start ? end : start + offset;
    }

    private long position() {
        return sourcePosition - (filled - next);
    }

    /** Stays within the buffer where it can: who looks for something goes forth and back by a few octets. */
    private void moveTo(long position) {
        long inBuffer = filled - (sourcePosition - position);
        if (inBuffer >= 0 && inBuffer <= filled) {
            next = (int) inBuffer;
        } else {
            next = 0;
            filled = 0;
            sourcePosition = position;
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        filled = 0;
        int most = (int) Math.min(BUFFER_SIZE, end - sourcePosition);
        if (buffer.length < most) {
            buffer = new byte[most];
        }
        int read = readSource(buffer, 0, most);
        filled = Math.max(0, read);
        return read > 0;
    }

    private int readThrough(byte[] target, int offset, int length) throws IOException {
        next = 0;
        filled = 0;
        return readSource(target, offset, (int) Math.min(length, end - sourcePosition));
    }

    private int readSource(byte[] target, int offset, int length) throws IOException {
        int read = length == 0 ? -1 : content.read(sourcePosition, target, offset, length);
        if (read > 0) {
            sourcePosition += read;
        }
        return read;
    }
}
