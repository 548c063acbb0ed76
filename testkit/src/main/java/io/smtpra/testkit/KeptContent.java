package io.smtpra.testkit;

import io.smtpra.ra.message.Content;

/** A content that stays for as long as somebody has it. */
final class KeptContent implements Content {

    private final byte[] octets;

    KeptContent(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
        if (position >= octets.length) {
            return -1;
        }
        int read = (int) Math.min(length, octets.length - position);
        System.arraycopy(octets, (int) position, target, offset, read);
        return read;
    }

    @Override
    public void requireOpen() {
        // it never closes
    }

    @Override
    public void close() {
        // a mail outlives its inbox
    }
}
