package io.smtpra.ra.message;

import java.io.IOException;
import java.util.Objects;

/** What both forms of a content share: the state, and reads that must fail once it is closed. */
abstract sealed class StoredContent implements Content permits MemoryContent, FileContent {

    private final long size;
    private volatile boolean closed;

    StoredContent(long size) {
        this.size = size;
    }

    @Override
    public final long size() {
        return size;
    }

    /** Reads under this content's lock: no octet of a chunk or a file may be seen after it was given away. */
    @Override
    public final synchronized int read(long position, byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        requireOpen();
        if (position < 0) {
            throw new IllegalArgumentException("Not a position: " + position);
        }
        if (position >= size) {
            return -1;
        }
        return readOpen(position, target, offset, (int) Math.min(length, size - position));
    }

    @Override
    public final synchronized ContentStream open() throws IOException {
        requireOpen();
        return Content.super.open();
    }

    @Override
    public final synchronized void close() {
        if (!closed) {
            closed = true;
            free();
        }
    }

    /** Called under this content's lock; the range is within the content. */
    abstract int readOpen(long position, byte[] target, int offset, int length) throws IOException;

    /** Called once, under this content's lock. */
    abstract void free();

    @Override
    public final void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("The content is closed");
        }
    }
}
