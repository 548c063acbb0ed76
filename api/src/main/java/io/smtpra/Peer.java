package io.smtpra;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * The host at the other end of an inbound connection.
 *
 * @param address its address; behind a proxy that speaks the PROXY protocol, the address that the proxy reported
 * @param proxy the proxy's own address, where there is one
 * @param heloName the name it gave in {@code EHLO} or {@code HELO} (RFC 5321 section 4.1.1.1), unverified; empty if
 * none
 * @param listener the kind of listener it connected to
 * @param authenticatedUser the user that it authenticated as (RFC 4954), if it did
 * @param tls the facts of the encryption, absent if the mail came in plain text
 */
public record Peer(
        InetSocketAddress address,
        Optional<InetSocketAddress> proxy,
        String heloName,
        ListenerKind listener,
        Optional<String> authenticatedUser,
        Optional<TlsFacts> tls) {

    /** Refuses nulls. */
    public Peer {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(heloName, "heloName");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(authenticatedUser, "authenticatedUser");
        Objects.requireNonNull(tls, "tls");
    }
}
