package io.smtpra.ra.authenticity.dkim;

import java.io.ByteArrayOutputStream;

/** Octets that are gathered, and used where they are. */
final class OctetBuffer extends ByteArrayOutputStream {

    OctetBuffer(int size) {
        super(size);
    }

    /** The octets, of which {@link #size()} count. */
    byte[] octets() {
        return buf;
    }

    /** Takes away the line end that was written last: a signature is over its own field without it. */
    void dropLineEnd() {
        count -= 2;
    }
}
