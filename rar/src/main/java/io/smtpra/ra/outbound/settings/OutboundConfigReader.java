package io.smtpra.ra.outbound.settings;

import io.smtpra.Mailbox;
import io.smtpra.ra.authenticity.dkim.sign.SigningKeys;
import io.smtpra.ra.client.AuthPolicy;
import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.client.net.ClientTimeouts;
import io.smtpra.ra.client.transfer.ClientExtensions;
import io.smtpra.ra.config.BeanProperties;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.outbound.relay.RelayConfig;
import io.smtpra.ra.outbound.relay.Routes;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.OutboundTls;
import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns the strings of a connection factory into typed values. */
public final class OutboundConfigReader {

    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MOST_TIMEOUT = Duration.ofHours(1);
    private static final Duration MOST_AGE = Duration.ofHours(24);
    private static final int MOST_MAILS = 1_000_000;
    private static final Pattern SESSION_NAME = Pattern.compile("java:(?:/|jboss/|global/)[\\w.:-]+(?:/[\\w.:-]+)*");

    private final PropertyReader reader;
    private final Optional<String> domainName;

    /**
     * A reader of one factory's properties.
     *
     * @param bean the factory
     * @param domainName of this host, where it has one
     */
    public OutboundConfigReader(Object bean, Optional<String> domainName) {
        this.domainName = domainName;
        this.reader = PropertyReader.of(bean,
                "connection factory for next hop " + printable(BeanProperties.of(bean).get("host")));
    }

    /**
     * Reads them.
     *
     * @throws InvalidPropertyException if anything is wrong: one message for all faults
     */
    public OutboundConfig read() throws InvalidPropertyException {
        Optional<String> hostName = reader.text("hostName").map(name -> RouteReader.word(reader, "hostName", name))
                .or(() -> domainName);
        ClientTimeouts timeouts = ClientTimeouts.of(
                timeout("connectTimeout"),
                timeout("commandTimeout"),
                timeout("dataTimeout"));
        OutboundTlsReader tlsReader = new OutboundTlsReader(reader);
        OutboundTls tls = tlsReader.policy();
        boolean fallback = tlsReader.fallback();
        OutboundAuthReader authReader = new OutboundAuthReader(reader);
        AuthPolicy auth = authReader.policy();
        Optional<AuthCredentials> credentials = authReader.credentials(auth);
        SendAt sendAt = reader.choice("sendAt", SendAt.names());
        ClientExtensions extensions = extensions();
        Duration sendTimeout = timeout("sendTimeout");
        RelayConfig.Reuse reuse = reuse();
        OutboundConfig.Addressing addressing = addressing();
        Optional<SigningKeys> signing = new SigningReader(reader).keys();
        Optional<String> sessionName = sessionName();
        RouteReader routeReader = new RouteReader(reader, tls).read();
        Map<OutboundTls, Optional<ClientTls>> materials = new EnumMap<>(OutboundTls.class);
        routeReader.policies().forEach(policy -> materials.put(policy, tlsReader.material(policy)));
        reader.finish();
        Routes routes = routeReader.routes(host -> new ClientConfig(host.host(), host.port(), host.tls(), fallback,
                materials.get(host.tls()), hostName, timeouts, extensions, auth));
        return new OutboundConfig(new RelayConfig(routes, sendTimeout, reuse, signing), credentials,
                OutboundAuthReader.isTokenSignOn(auth), sendAt, addressing, sessionName);
    }

    private Duration timeout(String property) {
        return reader.duration(property, LEAST_TIMEOUT, MOST_TIMEOUT);
    }

    private OutboundConfig.Addressing addressing() {
        Optional<Optional<Mailbox>> reversePath = reader.text("reversePath").map(path -> path.equals("<>")
                ? Optional.empty()
                : reader.parsed("reversePath", path, "a mailbox, as bounces@example.com, or <>",
                        text -> Optional.of(Mailbox.parse(text)), Optional.empty()));
        Optional<Mailbox> redirect = reader.text("redirectAllTo").flatMap(to -> reader.parsed("redirectAllTo", to,
                "a mailbox, as test@example.com", text -> Optional.of(Mailbox.parse(text)), Optional.empty()));
        return new OutboundConfig.Addressing(reversePath, redirect);
    }

    /** A server lets the names be bound that all of its applications see. A blank value WildFly takes for no value. */
    private Optional<String> sessionName() {
        return reader.text("sessionJndiName").filter(name -> !name.equalsIgnoreCase("none"))
                .map(name -> SESSION_NAME.matcher(name).matches() ? name
                : reader.fault("sessionJndiName", name, "none, or a name as java:/smtp/mail,"
                        + " java:jboss/mail/Default or java:global/mail/relay", name));
    }

    private RelayConfig.Reuse reuse() {
        return new RelayConfig.Reuse(
                reader.duration("idleTimeout", Duration.ZERO, MOST_AGE),
                reader.duration("maxConnectionAge", LEAST_TIMEOUT, MOST_AGE),
                reader.number("maxMailsPerConnection", 1, MOST_MAILS),
                timeout("reuseTimeout"));
    }

    private ClientExtensions extensions() {
        return new ClientExtensions(
                reader.flag("pipelining"),
                reader.flag("chunking"),
                reader.flag("eightBitMime"),
                reader.flag("dsn"),
                reader.flag("size"),
                reader.flag("smtpUtf8"));
    }

    private static String printable(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}", "?");
    }
}
