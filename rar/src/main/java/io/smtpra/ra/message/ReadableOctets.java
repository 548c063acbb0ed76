package io.smtpra.ra.message;

import java.io.IOException;

/** Octets that can be read from anywhere, until somebody closes what they are in. */
public interface ReadableOctets {

    /**
     * Its length.
     *
     * @return octets
     */
    long size();

    /**
     * Reads octets from anywhere. It opens nothing, and several threads may read at the same time, each its own range.
     *
     * @param position of the first octet to be read, counted from 0
     * @param target where they go
     * @param offset where in it
     * @param length how many at most, 1 or more
     * @return how many were read, at least one; -1 if the content ends at or before the position
     * @throws IOException if they cannot be read, or the content is closed
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /**
     * Asks whether it can still be read.
     *
     * @throws IOException if it is closed
     */
    void requireOpen() throws IOException;
}
