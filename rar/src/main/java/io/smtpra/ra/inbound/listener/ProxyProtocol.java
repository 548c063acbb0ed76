package io.smtpra.ra.inbound.listener;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Each connection comes from a proxy and begins with a header of the PROXY protocol, version 1 or 2.
 *
 * @param networks where the proxies are; a connection from elsewhere is dropped
 * @param headerTimeout how long the header may take
 */
public record ProxyProtocol(List<Network> networks, Duration headerTimeout) {

    /** Copies the list and refuses nulls. */
    public ProxyProtocol {
        networks = List.copyOf(networks);
        Objects.requireNonNull(headerTimeout, "headerTimeout");
    }

    boolean isProxy(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
