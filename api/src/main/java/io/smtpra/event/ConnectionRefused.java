package io.smtpra.event;

import io.smtpra.Peer;
import java.time.Instant;
import java.util.Objects;

/**
 * A connection was refused before it had a session.
 *
 * @param at when it happened
 * @param peer the host at the other end
 * @param reason why
 */
public record ConnectionRefused(Instant at, Peer peer, Reason reason)
        implements InboundEvent {

    /** Refuses nulls. */
    public ConnectionRefused {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.CONNECTION_REFUSED;
    }

    /** Why a connection is refused. */
    public enum Reason {
        /** There were too many connections in all ({@code maxConnections}). */
        TOO_MANY,
        /** There were too many from its address ({@code maxConnectionsPerAddress}). */
        TOO_MANY_FROM_ADDRESS,
        /** Its address may not connect ({@code allowedNetworks}, {@code deniedNetworks}). */
        ACCESS,
        /** Its address is banned for a time. */
        BANNED,
        /** It sent no valid PROXY header, or came from no proxy. */
        PROXY,
        /** Too many TLS handshakes with its address have failed. */
        HANDSHAKES,
        /** The listener is paused. */
        PAUSED
    }
}
