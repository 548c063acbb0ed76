package io.smtpra.ra.inbound.listener;

/**
 * How many connections there may be at a time.
 *
 * @param total on all listeners together
 * @param perAddress from one IPv4 address, or one IPv6 network of 64 bits
 */
public record ConnectionLimits(int total, int perAddress) {

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
}
