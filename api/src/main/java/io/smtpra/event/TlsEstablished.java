package io.smtpra.event;

import io.smtpra.Peer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A TLS handshake has succeeded, at the beginning of the connection or after {@code STARTTLS}. Version, cipher suite
 * and the client's certificate are in {@link Peer#tls()}.
 *
 * @param at when it happened
 * @param session the id of the session
 * @param peer the host at the other end
 * @param serverName the name that the client asked for (RFC 6066 section 3), at most 255 characters; absent if it
 *     named none, or where the TLS provider does not tell
 */
public record TlsEstablished(Instant at, String session, Peer peer, Optional<String> serverName)
        implements SessionEvent {

    /** Refuses nulls. */
    public TlsEstablished {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(serverName, "serverName");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.TLS_ESTABLISHED;
    }
}
