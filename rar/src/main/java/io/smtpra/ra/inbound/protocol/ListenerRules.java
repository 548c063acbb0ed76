package io.smtpra.ra.inbound.protocol;

import io.smtpra.ra.tls.StartTlsPolicy;
import java.util.List;
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
}
