package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.listener.AccessRules;
import io.smtpra.ra.inbound.listener.ConnectionLimits;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.listener.Network;
import io.smtpra.ra.inbound.listener.ProxyProtocol;
import io.smtpra.ra.inbound.listener.Timeouts;
import jakarta.resource.spi.ConfigProperty;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties of a resource adapter that are about its ports, and who may connect. */
public abstract class ListenerProperties extends TlsProperties {

    private static final int MAX_CONNECTIONS = 1_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration PROXY_HEADER_TIMEOUT = Duration.ofSeconds(10);

    @ConfigProperty(description = "The name of this host: in the greeting, in Received headers, in a self-signed certificate."
            + " If empty, the name that the machine has for itself at start.")
    private String hostName = "";

    @ConfigProperty(description = "The address that the listeners are bound to; 0.0.0.0 or :: for every address. If empty, the"
            + " public one of the server (jboss.bind.address), or else 127.0.0.1.")
    private String bindAddress = "";

    @ConfigProperty(description = "Port for mail from other servers, by custom 25: -1 (off), 0 (any free port) or 1 to 65535.")
    private String smtpPort = "-1";

    @ConfigProperty(description = "Port for mail from users, with STARTTLS and AUTH required, by custom 587: -1 (off), 0 (any"
            + " free port) or 1 to 65535.")
    private String submissionPort = "-1";

    @ConfigProperty(description = "Port for mail from users over implicit TLS (RFC 8314), with AUTH required, by custom 465: -1"
            + " (off), 0 (any free port) or 1 to 65535.")
    private String submissionsPort = "-1";

    @ConfigProperty(description = "Connections at the same time, all listeners together.")
    private String maxConnections = "10000";

    @ConfigProperty(description = "Connections at the same time from one IPv4 address or one IPv6 network of 64 bits.")
    private String maxConnectionsPerAddress = "100";

    @ConfigProperty(description = "TLS handshakes of one such address that may fail within a minute; past it, it gets"
            + " no further one until the minute is over.")
    private String maxHandshakeFailures = "30";

    @ConfigProperty(description = "How long a command may take to arrive (RFC 5321 section 4.5.3.2.7).")
    private String commandTimeout = "5m";

    @ConfigProperty(description = "How long each 4096 octets of a mail may take to arrive.")
    private String dataTimeout = "3m";

    @ConfigProperty(description = "Who may connect: addresses and networks as 192.0.2.0/24, separated by commas. Everybody if"
            + " empty.")
    private String allowedNetworks = "";

    @ConfigProperty(description = "Who may not connect, whatever is allowed: addresses and networks, separated by commas.")
    private String deniedNetworks = "";

    @ConfigProperty(description = "The PROXY protocol, version 1 or 2, of a proxy in front: disabled, or required on every"
            + " connection.")
    private String proxyProtocol = "disabled";

    @ConfigProperty(description = "Where the proxies are, with proxyProtocol=required: addresses and networks, separated by"
            + " commas.")
    private String proxyNetworks = "";

    /** The listeners that are on. */
    List<ListenerConfig> listeners(PropertyReader reader) {
        Map<ListenerKind, Integer> ports = new EnumMap<>(ListenerKind.class);
        ports.put(ListenerKind.SMTP, reader.port("smtpPort", smtpPort));
        ports.put(ListenerKind.SUBMISSION, reader.port("submissionPort", submissionPort));
        ports.put(ListenerKind.SUBMISSIONS, reader.port("submissionsPort", submissionsPort));
        InetAddress address = address(reader);
        Timeouts timeouts = timeouts(reader);
        AccessRules access =
                new AccessRules(networks(reader, "allowedNetworks", allowedNetworks),
                        networks(reader, "deniedNetworks", deniedNetworks));
        Optional<ProxyProtocol> proxies = proxies(reader);
        return ports.entrySet().stream()
                .filter(entry -> entry.getValue() >= 0)
                .map(entry -> new ListenerConfig(
                        entry.getKey(),
                        new InetSocketAddress(address, entry.getValue()),
                        entry.getKey() == ListenerKind.SUBMISSIONS,
                        timeouts,
                        access,
                        proxies))
                .toList();
    }

    /** The property that a listener's port comes from. */
    static String portProperty(ListenerConfig listener) {
        return listener.kind().configurationName() + "Port";
    }

    ConnectionLimits connectionLimits(PropertyReader reader) {
        return new ConnectionLimits(
                reader.number("maxConnections", maxConnections, 1, MAX_CONNECTIONS),
                reader.number("maxConnectionsPerAddress", maxConnectionsPerAddress, 1, MAX_CONNECTIONS));
    }

    int handshakeFailures(PropertyReader reader) {
        return reader.number("maxHandshakeFailures", maxHandshakeFailures, 1, MAX_CONNECTIONS);
    }

    /** The host's name in its ASCII form. */
    String host(PropertyReader reader) {
        return reader.text(hostName)
                .map(name -> reader.parsed("hostName", name, "a domain name or an address literal",
                        ListenerProperties::ascii, "localhost"))
                .orElseGet(ListenerProperties::machineName);
    }

    private InetAddress address(PropertyReader reader) {
        try {
            return InetAddress.getByName(reader.text(bindAddress).orElseGet(ListenerProperties::serverAddress));
        } catch (UnknownHostException e) {
            return reader.fault("bindAddress", bindAddress, "an address of this host", InetAddress.getLoopbackAddress());
        }
    }

    /** An expression in ironjacamar.xml cannot hold another, so this default is not there. */
    private static String serverAddress() {
        return System.getProperty("jboss.bind.address", "127.0.0.1");
    }

    private Timeouts timeouts(PropertyReader reader) {
        Duration data = reader.duration("dataTimeout", dataTimeout, SHORTEST, LONGEST);
        return new Timeouts(reader.duration("commandTimeout", commandTimeout, SHORTEST, LONGEST), data, data);
    }

    private Optional<ProxyProtocol> proxies(PropertyReader reader) {
        boolean required = reader.choice("proxyProtocol", proxyProtocol, Map.of("disabled", false, "required", true));
        List<Network> networks = networks(reader, "proxyNetworks", proxyNetworks);
        if (required && networks.isEmpty()) {
            reader.required("proxyNetworks", "", "with proxyProtocol=required, the networks of the proxies");
        }
        return required ? Optional.of(new ProxyProtocol(networks, PROXY_HEADER_TIMEOUT)) : Optional.empty();
    }

    private static List<Network> networks(PropertyReader reader, String property, String value) {
        return reader.list(value).stream()
                .flatMap(item -> Network.parse(item)
                        .or(() -> reader.fault(property, item, "addresses and networks as 192.0.2.0/24 or 2001:db8::/32",
                                Optional.empty()))
                        .stream())
                .toList();
    }

    private static String ascii(String name) {
        return new Mailbox("postmaster", name.startsWith("[") ? name : IDN.toASCII(name)).domain();
    }

    /** The machine's own name: looked up once, at start. */
    private static String machineName() {
        try {
            return ascii(InetAddress.getLocalHost().getCanonicalHostName());
        } catch (UnknownHostException | IllegalArgumentException e) {
            // A machine without a name, or with one that is no domain: RFC 5321 section 4.1.3 has a literal for it.
            return "[" + InetAddress.getLoopbackAddress().getHostAddress() + "]";
        }
    }

    @Override
    List<String> values() {
        List<String> values = super.values();
        values.addAll(Arrays.asList(
                hostName, bindAddress, smtpPort, submissionPort, submissionsPort, maxConnections,
                maxConnectionsPerAddress, maxHandshakeFailures, commandTimeout, dataTimeout, allowedNetworks,
                deniedNetworks, proxyProtocol, proxyNetworks));
        return values;
    }

    public String getHostName() {
        return hostName;
    }

    public void setHostName(String hostName) {
        this.hostName = hostName;
    }

    public String getBindAddress() {
        return bindAddress;
    }

    public void setBindAddress(String bindAddress) {
        this.bindAddress = bindAddress;
    }

    public String getSmtpPort() {
        return smtpPort;
    }

    public void setSmtpPort(String smtpPort) {
        this.smtpPort = smtpPort;
    }

    public String getSubmissionPort() {
        return submissionPort;
    }

    public void setSubmissionPort(String submissionPort) {
        this.submissionPort = submissionPort;
    }

    public String getSubmissionsPort() {
        return submissionsPort;
    }

    public void setSubmissionsPort(String submissionsPort) {
        this.submissionsPort = submissionsPort;
    }

    public String getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(String maxConnections) {
        this.maxConnections = maxConnections;
    }

    public String getMaxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    public void setMaxConnectionsPerAddress(String maxConnectionsPerAddress) {
        this.maxConnectionsPerAddress = maxConnectionsPerAddress;
    }

    public String getMaxHandshakeFailures() {
        return maxHandshakeFailures;
    }

    public void setMaxHandshakeFailures(String maxHandshakeFailures) {
        this.maxHandshakeFailures = maxHandshakeFailures;
    }

    public String getCommandTimeout() {
        return commandTimeout;
    }

    public void setCommandTimeout(String commandTimeout) {
        this.commandTimeout = commandTimeout;
    }

    public String getDataTimeout() {
        return dataTimeout;
    }

    public void setDataTimeout(String dataTimeout) {
        this.dataTimeout = dataTimeout;
    }

    public String getAllowedNetworks() {
        return allowedNetworks;
    }

    public void setAllowedNetworks(String allowedNetworks) {
        this.allowedNetworks = allowedNetworks;
    }

    public String getDeniedNetworks() {
        return deniedNetworks;
    }

    public void setDeniedNetworks(String deniedNetworks) {
        this.deniedNetworks = deniedNetworks;
    }

    public String getProxyProtocol() {
        return proxyProtocol;
    }

    public void setProxyProtocol(String proxyProtocol) {
        this.proxyProtocol = proxyProtocol;
    }

    public String getProxyNetworks() {
        return proxyNetworks;
    }

    public void setProxyNetworks(String proxyNetworks) {
        this.proxyNetworks = proxyNetworks;
    }
}
