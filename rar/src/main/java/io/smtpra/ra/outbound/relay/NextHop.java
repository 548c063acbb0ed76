package io.smtpra.ra.outbound.relay;

import io.smtpra.ra.client.ClientConfig;
import java.util.List;
import java.util.stream.Collectors;

/** Where mail goes next: one host, or several of which each will do, the preferred first. Equal to itself alone. */
public final class NextHop {

    private final List<ClientConfig> hosts;
    private final String name;

    /**
     * A next hop.
     *
     * @param hosts at least one, and the terms on which each is talked to
     * @throws IllegalArgumentException if there is none
     */
    public NextHop(List<ClientConfig> hosts) {
        this.hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("A next hop has at least one host");
        }
        name = hosts.stream().map(NextHop::name).collect(Collectors.joining(" "));
    }

    /** The hosts, and the terms on which each is talked to. */
    public List<ClientConfig> hosts() {
        return hosts;
    }

    /** As messages name it: {@code relay1:25}, or several of them. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    static String name(ClientConfig host) {
        return host.host() + ":" + host.port();
    }
}
