package io.smtpra.ra.tls.server;

import io.smtpra.ra.config.PropertyReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How sessions are resumed (RFC 5077, RFC 8446 section 2.2).
 *
 * @param rotation after which time another key makes the tickets; the former opens them for as long again. No session
 *     is resumed that is older
 * @param keyFiles the keys, where several servers are to open each other's tickets; the first makes new ones. None:
 *     keys are made here
 */
public record SessionTickets(Duration rotation, List<Path> keyFiles) {

    static final SessionTickets DEFAULT = new SessionTickets(Duration.ofHours(1), List.of());
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Copies the list and refuses nulls. */
    public SessionTickets {
        Objects.requireNonNull(rotation, "rotation");
        keyFiles = List.copyOf(keyFiles);
    }

    static SessionTickets read(PropertyReader reader) {
        String property = "tlsTicketKeyFile";
        return new SessionTickets(reader.duration("tlsTicketRotation", SHORTEST, LONGEST),
                Arrays.stream(reader.value(property).split(",")).map(String::trim).filter(file -> !file.isEmpty())
                        .map(file -> reader.parsed(property, file, "the path of a file", Path::of, Path.of("")))
                        .toList());
    }

    int seconds() {
        return Math.toIntExact(rotation.toSeconds());
    }
}
