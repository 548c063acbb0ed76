package io.smtpra.ra.inbound.protocol;

import io.smtpra.ListenerKind;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.smtp.SMTPConfiguration;

/** What handlers and sessions share: the configuration and the ports. */
record ProtocolContext(ProtocolConfig config, ProtocolPorts ports, SMTPConfiguration jamesConfiguration) {

    ProtocolContext(ProtocolConfig config, ProtocolPorts ports) {
        this(config, ports, new HostedConfiguration(config));
    }

    ListenerRules rules(ListenerKind kind) {
        return Optional.ofNullable(config.rules().get(kind))
                .orElseThrow(() -> new IllegalArgumentException("No rules for the listener " + kind));
    }

    /** The mechanisms that work in this session, in the order of offer. */
    List<SaslMechanism> mechanisms(SmtpSession session) {
        boolean certified = session.transport().tlsFacts()
                .filter(tls -> tls.peerVerified() && !tls.peerCertificates().isEmpty())
                .isPresent();
        return session.rules().mechanisms().orElse(config.mechanisms()).stream()
                .filter(mechanism -> certified || mechanism != SaslMechanism.EXTERNAL)
                .toList();
    }

    /** The reply as this server says it: without enhanced status codes where they are switched off. */
    SmtpReply render(SmtpReply reply) {
        return config.isOn(Extension.ENHANCED_STATUS_CODES) ? reply : reply.withoutEnhancedStatusCode();
    }
}
