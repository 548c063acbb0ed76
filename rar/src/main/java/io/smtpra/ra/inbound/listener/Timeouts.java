package io.smtpra.ra.inbound.listener;

import io.smtpra.ra.config.PropertyReader;
import java.time.Duration;
import java.util.List;

/**
 * How long a client may take (RFC 5321 section 4.5.3.2). Each is a bound on progress made, so that a client which sends
 * one octet at a time gains nothing.
 *
 * @param command for one whole command line
 * @param dataStart from the reply to {@code DATA} to the first octet of content
 * @param data for each {@link #LEAST_DATA} octets of content, or its end
 */
public record Timeouts(Duration command, Duration dataStart, Duration data) {

    /** Octets of content that must arrive within each {@link #data()}. */
    public static final int LEAST_DATA = 4096;

    /** What RFC 5321 asks for. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(3));

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Timeouts {
        for (Duration duration : List.of(command, dataStart, data)) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("A timeout of " + duration + ", allowed: more than none");
            }
        }
    }

    Duration shortest() {
        return shorter(command, shorter(dataStart, data));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static Timeouts read(PropertyReader reader) {
        Duration data = reader.duration("dataTimeout", SHORTEST, LONGEST);
        return new Timeouts(reader.duration("commandTimeout", SHORTEST, LONGEST), data, data);
    }
}
