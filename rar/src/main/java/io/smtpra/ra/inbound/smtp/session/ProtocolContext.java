package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.ListenerKind;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.ra.inbound.smtp.rules.HostedConfiguration;
import io.smtpra.ra.inbound.smtp.rules.ListenerRules;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import java.util.Optional;
import org.apache.james.protocols.smtp.SMTPConfiguration;

/**
 * What handlers and sessions share.
 *
 * @param config the configuration as we read it
 * @param jamesConfiguration the configuration as James asks for it
 * @param dns answers hooks, if there is one
 */
public record ProtocolContext(
        ProtocolConfig config, SMTPConfiguration jamesConfiguration, Optional<DnsLookup> dns) {

    public ProtocolContext(ProtocolConfig config, Optional<DnsLookup> dns) {
        this(config, new HostedConfiguration(config), dns);
    }

    ListenerRules rules(ListenerKind kind) {
        return Optional.ofNullable(config.rules().get(kind))
                .orElseThrow(() -> new IllegalArgumentException("No rules for the listener " + kind));
    }
}
