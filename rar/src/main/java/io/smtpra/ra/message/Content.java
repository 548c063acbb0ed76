package io.smtpra.ra.message;

import java.io.IOException;
import java.io.InputStream;

/** A received content, complete and unchanging until it is closed. Closing it frees its memory and deletes its file. */
public interface Content extends AutoCloseable {

    /**
     * Its length.
     *
     * @return octets
     */
    long size();

    /**
     * The octets from the beginning.
     *
     * @return a new stream; after {@link #close()} it and every stream opened before fails with an
     *     {@link IOException}
     * @throws IOException if they cannot be read, or the content is closed
     */
    InputStream open() throws IOException;

    /** Frees it. Does nothing the second time, and never throws. */
    @Override
    void close();
}
