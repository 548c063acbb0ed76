package io.smtpra.event;

import io.smtpra.Peer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A client has not proved who it is.
 *
 * @param at when it happened
 * @param session the id of the session
 * @param peer the host at the other end
 * @param claimedUser the user that it wanted to be, where it said so; at most 320 characters. Some people type their
 *     password here
 * @param mechanism by which SASL mechanism
 * @param cause why
 */
public record AuthenticationFailed(
        Instant at, String session, Peer peer, Optional<String> claimedUser, String mechanism, Cause cause)
        implements SessionEvent {

    /** Refuses nulls. */
    public AuthenticationFailed {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(claimedUser, "claimedUser");
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(cause, "cause");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.AUTHENTICATION_FAILED;
    }

    /** Why authentication fails. */
    public enum Cause {
        /** The credentials were wrong. */
        WRONG_CREDENTIALS,
        /** There were too many wrong ones before, so these were not looked at. */
        SHUT_OUT,
        /** Nobody could be asked about them for now. */
        UNAVAILABLE
    }
}
