package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.smtp.rules.HostedConfiguration;
import io.smtpra.ra.inbound.smtp.rules.ListenerRules;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import java.util.Optional;
import org.apache.james.protocols.smtp.SMTPConfiguration;

/** What handlers and sessions share: the configuration, as we read it and as James asks for it. */
public record ProtocolContext(ProtocolConfig config, SMTPConfiguration jamesConfiguration) {

    public ProtocolContext(ProtocolConfig config) {
        this(config, new HostedConfiguration(config));
    }

    ListenerRules rules(ListenerKind kind) {
        return Optional.ofNullable(config.rules().get(kind))
                .orElseThrow(() -> new IllegalArgumentException("No rules for the listener " + kind));
    }
}
