package io.smtpra.ra.inbound.listener;

import io.smtpra.ListenerKind;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * One listener.
 *
 * @param kind what it is for
 * @param bindAddress where it listens; port 0 for any free one
 * @param implicitTls whether TLS begins with the connection (RFC 8314)
 * @param timeouts how long a client may take
 * @param access who may connect
 * @param proxyProtocol the proxies in front of it, if there are any
 */
public record ListenerConfig(
        ListenerKind kind,
        InetSocketAddress bindAddress,
        boolean implicitTls,
        Timeouts timeouts,
        AccessRules access,
        Optional<ProxyProtocol> proxyProtocol) {

    /** Refuses nulls. */
    public ListenerConfig {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(bindAddress, "bindAddress");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(proxyProtocol, "proxyProtocol");
    }
}
