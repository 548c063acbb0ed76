package io.smtpra.ra.inbound.protocol;

import io.smtpra.ListenerKind;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.Response;
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

    Set<String> mechanisms() {
        return Set.of();
    }

    /** The reply as this server says it: without enhanced status codes where they are switched off. */
    Response render(Response response) {
        return response instanceof SmtpReply reply && !config.isOn(Extension.ENHANCED_STATUS_CODES)
                ? reply.withoutEnhancedStatusCode()
                : response;
    }
}
