package io.smtpra.event;

import io.smtpra.Peer;
import java.time.Instant;
import java.util.Objects;

/**
 * A client has proved to be a user ({@code AUTH}, RFC 4954).
 *
 * @param at when it happened
 * @param session the id of the session
 * @param peer the host at the other end
 * @param user as which user, at most 320 characters
 * @param mechanism by which SASL mechanism, as {@code SCRAM-SHA-256}
 */
public record ClientAuthenticated(
        Instant at, String session, Peer peer, String user, String mechanism)
        implements SessionEvent {

    /** Refuses nulls. */
    public ClientAuthenticated {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(mechanism, "mechanism");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.AUTHENTICATED;
    }
}
