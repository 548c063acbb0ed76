package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.mail.MailLimits;
import io.smtpra.ra.authenticity.AuthenticityConfig;
import io.smtpra.ra.authenticity.dns.DnsConfig;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.delivery.DeliveryConfig;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.mail.MailParser;
import io.smtpra.ra.inbound.routing.RoutingConfig;
import io.smtpra.ra.inbound.smtp.hosting.HookConfig;
import io.smtpra.ra.inbound.smtp.rules.AuthenticationRule;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.users.CertificateUsers;
import io.smtpra.ra.server.AdministratorHints;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.server.ServerServices;
import io.smtpra.ra.tls.server.ClientCertificates;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import jakarta.resource.spi.InvalidPropertyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a resource adapter is configured to do.
 *
 * @param listeners the listeners that are on, possibly none
 * @param connections how many connections there may be
 * @param handshakeFailures how many handshakes of an address may fail within a minute
 * @param tls TLS of the listeners
 * @param clientCertificates whether the clients of each kind of listener are asked for certificates
 * @param protocol how SMTP is spoken
 * @param hooks which hooks of others are wanted
 * @param authenticity what is checked of who sent a mail, and what follows
 * @param trustedNetworks whose mail is not checked
 * @param dns who is asked
 * @param postmaster where mail to postmaster goes, if anywhere
 * @param securityDomain the one of the server that knows the users, if it was named
 * @param certificateUsers whom certificates of clients stand for
 * @param mails how far beans look into mails
 * @param deliveries the bounds of deliveries
 * @param routing what is said to recipients that no bean takes
 * @param store where contents are held
 */
record AdapterConfig(
        List<ListenerConfig> listeners,
        ConnectionLimits connections,
        int handshakeFailures,
        ServerTlsConfig tls,
        Map<ListenerKind, ClientCertificates> clientCertificates,
        ProtocolConfig protocol,
        HookConfig hooks,
        AuthenticityConfig authenticity,
        List<Network> trustedNetworks,
        DnsConfig dns,
        Optional<Mailbox> postmaster,
        Optional<SecurityDomainUsers> securityDomain,
        CertificateUsers certificateUsers,
        MailLimits mails,
        DeliveryConfig deliveries,
        RoutingConfig routing,
        StoreBounds store) {

    AdapterConfig {
        listeners = List.copyOf(listeners);
        clientCertificates = Map.copyOf(clientCertificates);
        trustedNetworks = List.copyOf(trustedNetworks);
    }

    /**
     * Reads the properties of an adapter.
     *
     * @throws InvalidPropertyException if any of them is wrong: one message for all
     */
    static AdapterConfig read(PropertyReader reader) throws InvalidPropertyException {
        AdapterConfig config = unchecked(reader);
        reader.finish();
        return config;
    }

    private static AdapterConfig unchecked(PropertyReader reader) {
        String hostName = HostName.read(reader);
        AdapterConfig config = new AdapterConfig(
                ListenerConfig.read(reader),
                ConnectionLimits.read(reader),
                ConnectionLimits.readHandshakeFailures(reader),
                ServerTlsConfig.read(reader, hostName),
                ClientCertificates.read(reader),
                ProtocolConfig.read(reader, hostName),
                HookConfig.read(reader),
                AuthenticityConfig.read(reader),
                Network.read(reader, "trustedNetworks"),
                DnsConfig.read(reader),
                postmaster(reader),
                securityDomain(reader),
                CertificateUsers.read(reader),
                MailParser.readLimits(reader),
                DeliveryConfig.read(reader),
                RoutingConfig.read(reader),
                StoreBounds.read(reader));
        AuthenticationChecks checks = new AuthenticationChecks(reader, config.protocol());
        checks.checkStartTls(config.listeners());
        checks.checkExternal(config.tls(), config.clientCertificates());
        checks.checkDomain(config.securityDomain());
        return config;
    }

    private static Optional<Mailbox> postmaster(PropertyReader reader) {
        return reader.text("postmaster").flatMap(text -> reader.parsed(
                "postmaster", text, "a mailbox, as admin@example.com", value -> Optional.of(Mailbox.parse(value)),
                Optional.empty()));
    }

    private static Optional<SecurityDomainUsers> securityDomain(PropertyReader reader) {
        Optional<String> name = reader.text("securityDomain");
        Optional<SecurityDomainUsers> domain = name.flatMap(ServerServices::securityDomain);
        if (name.isPresent() && domain.isEmpty()) {
            reader.fault("securityDomain", name.get(), "the name of a security domain that the server has and that"
                    + " starts; " + AdministratorHints.SECURITY_DOMAINS, domain);
        }
        return domain;
    }

    String hostName() {
        return protocol.hostName();
    }

    /** The kinds of listener that are on and ask clients who they are. */
    List<ListenerKind> authenticating() {
        return listeners.stream()
                .map(ListenerConfig::kind)
                .filter(kind -> protocol.rules().get(kind).authentication() != AuthenticationRule.NONE)
                .toList();
    }
}
