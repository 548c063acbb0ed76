package io.smtpra.event;

import io.smtpra.Peer;
import io.smtpra.Reply;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The connection of a session is closed.
 *
 * @param at when it happened
 * @param session the id of the session
 * @param peer the host at the other end
 * @param cause who ended it
 * @param reply the last reply, where this server ended it, or the client said {@code QUIT}
 */
public record SessionEnded(
        Instant at, String session, Peer peer, Cause cause, Optional<Reply> reply)
        implements SessionEvent {

    /** Refuses nulls. */
    public SessionEnded {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(reply, "reply");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.SESSION_ENDED;
    }

    /** Who ends a session. */
    public enum Cause {
        /** The client, with {@code QUIT}. */
        QUIT,
        /** This server, with a refusal: too many errors, a time-out, the end of the listener. */
        SENT_AWAY,
        /** The connection was closed without a word. */
        CLOSED
    }
}
