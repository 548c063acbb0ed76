package io.smtpra.ra.client.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What we say, collected so that a group of commands, or a block of content, is one write. */
final class Output {

    /** Two records of TLS; more saves no time. */
    static final int SIZE = 32 * 1_024;

    private final Transport transport;
    private final Duration blockTimeout;
    private final byte[] buffer = new byte[SIZE];
    private int length;

    /**
     * An empty output.
     *
     * @param blockTimeout how long the peer may take for a full buffer
     */
    Output(Transport transport, Duration blockTimeout) {
        this.transport = transport;
        this.blockTimeout = blockTimeout;
    }

    /** Adds a command and its line end. */
    void line(String command) throws IOException {
        put(command.getBytes(StandardCharsets.UTF_8));
        put((byte) '\r');
        put((byte) '\n');
    }

    void put(byte octet) throws IOException {
        if (length == SIZE) {
            flush(blockTimeout);
        }
        buffer[length++] = octet;
    }

    private void put(byte[] octets) throws IOException {
        put(octets, 0, octets.length);
    }

    void put(byte[] octets, int offset, int count) throws IOException {
        int from = offset;
        int left = count;
        while (left > 0) {
            if (length == SIZE) {
                flush(blockTimeout);
            }
            int part = Math.min(left, SIZE - length);
            System.arraycopy(octets, from, buffer, length, part);
            length += part;
            from += part;
            left -= part;
        }
    }

    /** Says what was collected. */
    void flush(Duration timeout) throws IOException {
        int ready = length;
        length = 0;
        if (ready > 0) {
            transport.expireAfter(timeout);
            transport.write(buffer, 0, ready);
        }
    }
}
