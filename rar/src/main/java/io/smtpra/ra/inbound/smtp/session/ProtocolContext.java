package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.ListenerKind;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.ra.inbound.smtp.rules.HostedConfiguration;
import io.smtpra.ra.inbound.smtp.rules.ListenerRules;
import io.smtpra.ra.inbound.smtp.rules.LiveLimits;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import java.util.Optional;
import org.apache.james.protocols.smtp.SMTPConfiguration;

/**
 * What handlers and sessions share.
 *
 * @param config the configuration as we read it
 * @param limits those of sessions that begin now; {@code config} has those that are configured
 * @param jamesConfiguration the configuration as James asks for it
 * @param dns answers hooks, if there is one
 */
public record ProtocolContext(
        ProtocolConfig config, LiveLimits limits, SMTPConfiguration jamesConfiguration, Optional<DnsLookup> dns) {

    public ProtocolContext(ProtocolConfig config, Optional<DnsLookup> dns) {
        this(config, new LiveLimits(config.limits()), new HostedConfiguration(config), dns);
    }

    ListenerRules rules(ListenerKind kind) {
        return Optional.ofNullable(config.rules().get(kind))
                .orElseThrow(() -> new IllegalArgumentException("No rules for the listener " + kind));
    }
}
