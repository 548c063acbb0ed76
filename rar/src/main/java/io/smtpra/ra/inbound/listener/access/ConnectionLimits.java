package io.smtpra.ra.inbound.listener.access;

import io.smtpra.ra.config.PropertyReader;

/**
 * How many connections there may be at a time.
 *
 * @param total on all listeners together
 * @param perAddress from one IPv4 address, or one IPv6 network of 64 bits
 * @param banAfter how many times an address may cross limits within an hour before it is banned; 0: it is not
 */
public record ConnectionLimits(int total, int perAddress, int banAfter) {

    /** The most that can be set of any of them. */
    public static final int MOST = 1_000_000;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public ConnectionLimits {
        if (total < 1 || perAddress < 1 || banAfter < 0) {
            throw new IllegalArgumentException("Limits of " + total + " and " + perAddress + ", allowed: 1 or more");
        }
    }

    /** Limits that ban nobody. */
    public ConnectionLimits(int total, int perAddress) {
        this(total, perAddress, 0);
    }

    /**
     * Reads the limits.
     *
     * @param reader the properties
     * @return the limits
     */
    public static ConnectionLimits read(PropertyReader reader) {
        return new ConnectionLimits(reader.number("maxConnections", 1, MOST),
                reader.number("maxConnectionsPerAddress", 1, MOST), reader.number("banAfter", 0, MOST));
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
