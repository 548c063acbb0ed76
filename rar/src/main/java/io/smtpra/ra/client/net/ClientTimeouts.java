package io.smtpra.ra.client.net;

import java.time.Duration;
import java.util.List;

/**
 * How long each phase may take in total, however its octets arrive. The defaults are those of RFC 5321 section 4.5.3.2,
 * and of Postfix' client where the RFC has none.
 *
 * @param connect to be connected, over all addresses of the host
 * @param greeting for the greeting
 * @param command for the reply to a command, or a handshake
 * @param dataInitiation for the reply to {@code DATA}
 * @param dataBlock for the next hop to take a block of the content
 * @param endOfData for the reply to the content
 */
public record ClientTimeouts(
        Duration connect,
        Duration greeting,
        Duration command,
        Duration dataInitiation,
        Duration dataBlock,
        Duration endOfData) {

    private static final Duration MAX = Duration.ofDays(1);

    /** What RFC 5321 asks for. */
    public static final ClientTimeouts DEFAULTS = new ClientTimeouts(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10));

    /**
     * Refuses what does not bound.
     *
     * @throws IllegalArgumentException if one is not from 1 millisecond to 1 day
     */
    public ClientTimeouts {
        for (Duration timeout : List.of(connect, greeting, command, dataInitiation, dataBlock, endOfData)) {
            if (timeout.toMillis() < 1 || timeout.compareTo(MAX) > 0) {
                throw new IllegalArgumentException("A time-out is 1 millisecond to 1 day");
            }
        }
    }

    /**
     * The three that an administrator sets.
     *
     * @param connect to be connected
     * @param command for the greeting and the reply to each command
     * @param data for each block of the content, and for the reply to it
     * @return the time-outs
     */
    public static ClientTimeouts of(Duration connect, Duration command, Duration data) {
        return new ClientTimeouts(connect, command, command, command, data, data);
    }
}
