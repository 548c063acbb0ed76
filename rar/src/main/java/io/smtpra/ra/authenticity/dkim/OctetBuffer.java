package io.smtpra.ra.authenticity.dkim;

import java.util.Arrays;

/** Octets that are gathered, and used where they are. For one thread, without the locks of the JDK's own. */
final class OctetBuffer {

    private byte[] octets;
    private int size;

    OctetBuffer(int usual) {
        octets = new byte[usual];
    }

    void write(int octet) {
        if (size == octets.length) {
            grow(size + 1);
        }
        octets[size++] = (byte) octet;
    }

    void write(byte[] in, int from, int count) {
        if (octets.length - size < count) {
            grow(size + count);
        }
        System.arraycopy(in, from, octets, size, count);
        size += count;
    }

    /** The octets, of which {@link #size()} count. */
    byte[] octets() {
        return octets;
    }

    int size() {
        return size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(octets, size);
    }

    /** Takes away the line end that was written last: a signature is over its own field without it. */
    void dropLineEnd() {
        size -= 2;
    }

    private void grow(int needed) {
        octets = Arrays.copyOf(octets, Math.max(needed, 2 * octets.length));
    }
}
