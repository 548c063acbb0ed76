package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.CertificateUsers;
import io.smtpra.ra.inbound.DeliveryConfig;
import io.smtpra.ra.inbound.listener.ConnectionLimits;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.protocol.AuthenticationRule;
import io.smtpra.ra.inbound.protocol.ProtocolConfig;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.tls.ClientCertificates;
import io.smtpra.ra.tls.ServerTlsConfig;
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
 * @param securityDomain the one of the server that knows the users, if it was named
 * @param certificateUsers whom certificates of clients stand for
 * @param deliveries the bounds of deliveries
 * @param store where contents are held
 */
record AdapterConfig(
        List<ListenerConfig> listeners,
        ConnectionLimits connections,
        int handshakeFailures,
        ServerTlsConfig tls,
        Map<ListenerKind, ClientCertificates> clientCertificates,
        ProtocolConfig protocol,
        Optional<SecurityDomainUsers> securityDomain,
        CertificateUsers certificateUsers,
        DeliveryConfig deliveries,
        StoreBounds store) {

    AdapterConfig {
        listeners = List.copyOf(listeners);
        clientCertificates = Map.copyOf(clientCertificates);
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
