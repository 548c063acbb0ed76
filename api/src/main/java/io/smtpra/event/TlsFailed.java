package io.smtpra.event;

import io.smtpra.Peer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A TLS handshake that the client had begun has failed. The connection ends.
 *
 * @param at when it happened
 * @param peer the host at the other end
 * @param session the id of the session, absent where the connection began with the handshake
 * @param reason why, as the log has it; at most 200 characters
 */
public record TlsFailed(Instant at, Peer peer, Optional<String> session, String reason)
        implements InboundEvent {

    /** Refuses nulls. */
    public TlsFailed {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.TLS_FAILED;
    }
}
