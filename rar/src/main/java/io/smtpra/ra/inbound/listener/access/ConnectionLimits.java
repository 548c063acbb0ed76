package io.smtpra.ra.inbound.listener.access;

import io.smtpra.ra.config.PropertyReader;

/**
 * How many connections there may be at a time.
 *
 * @param total on all listeners together
 * @param perAddress from one IPv4 address, or one IPv6 network of 64 bits
 */
public record ConnectionLimits(int total, int perAddress) {

    private static final int MOST = 1_000_000;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public ConnectionLimits {
        if (total < 1 || perAddress < 1) {
            throw new IllegalArgumentException("Limits of " + total + " and " + perAddress + ", allowed: 1 or more");
        }
    }

    /**
     * Reads the limits.
     *
     * @param reader the properties
     * @return the limits
     */
    public static ConnectionLimits read(PropertyReader reader) {
        return new ConnectionLimits(
                reader.number("maxConnections", 1, MOST), reader.number("maxConnectionsPerAddress", 1, MOST));
    }

    /**
     * Reads how many TLS handshakes of one address may fail within a minute.
     *
     * @param reader the properties
     * @return the number
     */
    public static int readHandshakeFailures(PropertyReader reader) {
        return reader.number("maxHandshakeFailures", 1, MOST);
    }
}
