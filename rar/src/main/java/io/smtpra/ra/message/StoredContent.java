package io.smtpra.ra.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What both forms of a content share: the state, and the streams that must fail once it is closed. */
abstract sealed class StoredContent implements Content permits MemoryContent, FileContent {

    private final long size;
    private boolean closed;

    StoredContent(long size) {
        this.size = size;
    }

    @Override
    public final long size() {
        return size;
    }

    @Override
    public final void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        free();
    }

    @Override
    public final synchronized InputStream open() throws IOException {
        requireOpen();
        return newStream();
    }

    /** Called under this content's lock. */
    abstract InputStream newStream() throws IOException;

    abstract void free();

    /** Called under this content's lock. */
    final void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("The content is closed");
        }
    }

    /** Reads under the content's lock: no octet of a chunk or a file may be seen after it was given away. */
    abstract class GuardedStream extends InputStream {

        private final byte[] single = new byte[1];

        @Override
        public final int read() throws IOException {
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public final int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            synchronized (StoredContent.this) {
                requireOpen();
                return length == 0 ? 0 : readOpen(target, offset, length);
            }
        }

        @Override
        public final int available() throws IOException {
            synchronized (StoredContent.this) {
                requireOpen();
                return availableOpen();
            }
        }

        abstract int readOpen(byte[] target, int offset, int length) throws IOException;

        abstract int availableOpen() throws IOException;
    }
}
