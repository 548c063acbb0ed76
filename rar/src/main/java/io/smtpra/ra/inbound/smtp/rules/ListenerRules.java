package io.smtpra.ra.inbound.smtp.rules;

import io.smtpra.ListenerKind;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one kind of listener asks of its clients.
 *
 * @param startTls whether TLS is offered or insisted on; of no weight where the connection begins in TLS
 * @param authentication whether {@code AUTH} is offered or insisted on
 * @param mechanisms for {@code AUTH}, in the order of offer; absent: those that all listeners have
 */
public record ListenerRules(
        StartTlsPolicy startTls, AuthenticationRule authentication, Optional<List<SaslMechanism>> mechanisms) {

    /** Refuses nulls. */
    public ListenerRules {
        Objects.requireNonNull(startTls, "startTls");
        Objects.requireNonNull(authentication, "authentication");
        mechanisms = mechanisms.map(List::copyOf);
    }

    /** Rules of a kind that has the mechanisms that all have. */
    public ListenerRules(StartTlsPolicy startTls, AuthenticationRule authentication) {
        this(startTls, authentication, Optional.empty());
    }

    /** The rules of each kind; users give their passwords in TLS alone (RFC 8314 section 3.3). */
    static Map<ListenerKind, ListenerRules> read(PropertyReader reader) {
        StartTlsPolicy startTls = reader.choice("startTls", StartTlsPolicy.names());
        Map<ListenerKind, ListenerRules> rules = new EnumMap<>(ListenerKind.class);
        for (ListenerKind kind : ListenerKind.values()) {
            rules.put(kind, new ListenerRules(
                    kind == ListenerKind.SMTP ? startTls : StartTlsPolicy.REQUIRED,
                    reader.choice(authenticationProperty(kind), AuthenticationRule.names()),
                    reader.text(mechanismsProperty(kind))
                            .map(named -> SaslMechanism.read(reader, mechanismsProperty(kind)))));
        }
        return rules;
    }

    /** The property that says whether the clients of a kind of listener authenticate. */
    public static String authenticationProperty(ListenerKind kind) {
        return kind.configurationName() + "Authentication";
    }

    /** The property that says how the clients of a kind of listener authenticate. */
    public static String mechanismsProperty(ListenerKind kind) {
        return kind.configurationName() + "AuthMechanisms";
    }
}
