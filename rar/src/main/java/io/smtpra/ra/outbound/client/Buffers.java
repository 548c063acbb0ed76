package io.smtpra.ra.outbound.client;

/** What a connection keeps from mail to mail so as not to make it anew; made when first needed. */
final class Buffers {

    private static final int WINDOW = 16 * 1_024;
    private static final int CHUNK = 64 * 1_024;

    private byte[] window = {};
    private byte[] chunk = {};

    /** Where content is read to. */
    byte[] window() {
        if (window.length == 0) {
            window = new byte[WINDOW];
        }
        return window;
    }

    /** Where a chunk is collected, so that its length is known before it goes. */
    byte[] chunk() {
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
        return chunk;
    }
}
