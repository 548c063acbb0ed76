package io.smtpra.ra.message;

import java.io.IOException;

/** A received content, complete and unchanging until it is closed. Closing it frees its memory and deletes its file. */
public interface Content extends ReadableOctets, AutoCloseable {

    /**
     * The octets from the beginning.
     *
     * @return a new stream; after {@link #close()} it and every stream opened before fails with an {@link IOException}.
     *     Closing it is not required
     * @throws IOException if the content is closed
     */
    default ContentStream open() throws IOException {
        return new ContentStream(this, 0, size());
    }

    /** Frees it. Does nothing the second time, and never throws. */
    @Override
    void close();
}
