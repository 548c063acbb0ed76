package io.smtpra.event;

import io.smtpra.Peer;
import java.time.Instant;
import java.util.Objects;

/**
 * A connection has passed the limits and access rules, and its session begins. With implicit TLS the handshake is over
 * then.
 *
 * @param at when it happened
 * @param session the id of the session
 * @param peer the host at the other end
 */
public record ConnectionOpened(Instant at, String session, Peer peer)
        implements SessionEvent {

    /** Refuses nulls. */
    public ConnectionOpened {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(peer, "peer");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.CONNECTION_OPENED;
    }
}
