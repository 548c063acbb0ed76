package io.smtpra.ra.inbound.listener.access;

import io.smtpra.ra.config.PropertyReader;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Each connection comes from a proxy and begins with a header of the PROXY protocol, version 1 or 2.
 *
 * @param networks where the proxies are; a connection from elsewhere is dropped
 * @param headerTimeout how long the header may take
 */
public record ProxyProtocol(List<Network> networks, Duration headerTimeout) {

    private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(10);

    /** Copies the list and refuses nulls. */
    public ProxyProtocol {
        networks = List.copyOf(networks);
        Objects.requireNonNull(headerTimeout, "headerTimeout");
    }

    public boolean isProxy(InetAddress address) {
        return Network.anyContains(networks, address);
    }

    /** The proxies in front of all listeners; absent if the protocol is off. */
    public static Optional<ProxyProtocol> read(PropertyReader reader) {
        boolean required = reader.choice("proxyProtocol", Map.of("disabled", false, "required", true));
        List<Network> networks = Network.read(reader, "proxyNetworks");
        if (required && networks.isEmpty()) {
            reader.required("proxyNetworks", "with proxyProtocol=required, the networks of the proxies");
        }
        return required ? Optional.of(new ProxyProtocol(networks, HEADER_TIMEOUT)) : Optional.empty();
    }
}
