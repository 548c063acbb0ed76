package io.smtpra.ra.inbound.mail;

import io.smtpra.ra.message.Content;
import jakarta.mail.internet.SharedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A range of a content that Jakarta Mail can take ranges of, so that it copies nothing. */
final class SharedContentStream extends InputStream implements SharedInputStream {

    private final Content content;
    private final long start;
    private final long end;
    private long position;
    private InputStream source;
    private long mark = -1;

    /**
     * A range.
     *
     * @param start its first octet
     * @param end the octet behind its last
     */
    SharedContentStream(Content content, long start, long end) {
        this.content = content;
        this.start = start;
        this.end = end;
        this.position = start;
    }

    @Override
    public long getPosition() {
        return position - start;
    }

    @Override
    public InputStream newStream(long from, long to) {
        if (from < 0 || to != -1 && to < from) {
            throw new IllegalArgumentException("Not a range: " + from + " to " + to);
        }
        long newEnd = to == -1 ? end : Math.min(end, start + to);
        return new SharedContentStream(content, Math.min(start + from, newEnd), newEnd);
    }

    @Override
    public int read() throws IOException {
        if (position >= end) {
            return -1;
        }
        int octet = source().read();
        if (octet >= 0) {
            position++;
        }
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int read = source().read(buffer, offset, (int) Math.min(length, end - position));
        if (read > 0) {
            position += read;
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = source().skip(Math.max(0, Math.min(count, end - position)));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int limit) {
        mark = position;
    }

    @Override
    public void reset() throws IOException {
        if (mark < 0) {
            throw new IOException("No mark is set");
        }
        close();
        position = mark;
    }

    @Override
    public void close() throws IOException {
        if (source != null) {
            source.close();
            source = null;
        }
    }

    private InputStream source() throws IOException {
        if (source == null) {
            source = content.open();
            source.skipNBytes(position);
        }
        return source;
    }
}
