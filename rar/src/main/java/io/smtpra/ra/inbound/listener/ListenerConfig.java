package io.smtpra.ra.inbound.listener;

import io.smtpra.ListenerKind;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import io.smtpra.ra.server.ServerEnvironment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * @param greetingDelay how long the greeting is held back from strangers, to see who does not wait for it
 */
public record ListenerConfig(
        ListenerKind kind,
        InetSocketAddress bindAddress,
        boolean implicitTls,
        Timeouts timeouts,
        AccessRules access,
        Optional<ProxyProtocol> proxyProtocol,
        Duration greetingDelay) {

    /** Well below the five minutes that a client waits for the greeting (RFC 5321 section 4.5.3.2.1). */
    private static final Duration LONGEST_GREETING_DELAY = Duration.ofSeconds(30);

    /** Refuses nulls and a negative delay. */
    public ListenerConfig {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(bindAddress, "bindAddress");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(proxyProtocol, "proxyProtocol");
        if (greetingDelay.isNegative()) {
            throw new IllegalArgumentException("A delay of " + greetingDelay + ", allowed: none or more");
        }
    }

    /** A listener that greets at once. */
    public ListenerConfig(ListenerKind kind, InetSocketAddress bindAddress, boolean implicitTls, Timeouts timeouts,
            AccessRules access, Optional<ProxyProtocol> proxyProtocol) {
        this(kind, bindAddress, implicitTls, timeouts, access, proxyProtocol, Duration.ZERO);
    }

    /** This host and those in {@code allowedNetworks}, outside of which nobody gets in then, are no strangers. */
    Duration greetingDelay(InetAddress client) {
        return client.isLoopbackAddress() || !access.allowed().isEmpty() ? Duration.ZERO : greetingDelay;
    }

    /**
     * Reads the listeners that are on.
     *
     * @param reader the properties
     * @return possibly none
     */
    public static List<ListenerConfig> read(PropertyReader reader) {
        InetAddress address = address(reader);
        Timeouts timeouts = Timeouts.read(reader);
        AccessRules access = AccessRules.read(reader);
        Optional<ProxyProtocol> proxies = ProxyProtocol.read(reader);
        Duration greetingDelay = reader.duration("greetingDelay", Duration.ZERO, LONGEST_GREETING_DELAY);
        List<ListenerConfig> listeners = new ArrayList<>();
        for (ListenerKind kind : ListenerKind.values()) {
            int port = reader.port(portProperty(kind));
            if (port >= 0) {
                listeners.add(new ListenerConfig(kind, new InetSocketAddress(address, port),
                        kind == ListenerKind.SUBMISSIONS, timeouts, access, proxies,
                        kind == ListenerKind.SMTP ? greetingDelay : Duration.ZERO));
            }
        }
        return listeners;
    }

    /** The property that says on which port a kind of listener is. */
    public static String portProperty(ListenerKind kind) {
        return kind.configurationName() + "Port";
    }

    private static InetAddress address(PropertyReader reader) {
        try {
            return InetAddress.getByName(reader.text("bindAddress").orElseGet(ListenerConfig::serverAddress));
        } catch (UnknownHostException e) {
            return reader.fault("bindAddress", reader.value("bindAddress"), "an address of this host",
                    InetAddress.getLoopbackAddress());
        }
    }

    /** An expression in ironjacamar.xml cannot hold another, so this default is not there. */
    private static String serverAddress() {
        return ServerEnvironment.bindAddress().orElse("127.0.0.1");
    }
}
