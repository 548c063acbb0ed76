package io.smtpra.ra.inbound.protocol;

import io.smtpra.ra.tls.StartTlsPolicy;
import java.util.Objects;

/**
 * What one kind of listener asks of its clients.
 *
 * @param startTls whether TLS is offered or insisted on; of no weight where the connection begins in TLS
 * @param authentication whether {@code AUTH} is offered or insisted on
 */
public record ListenerRules(StartTlsPolicy startTls, AuthenticationRule authentication) {

    /** Refuses nulls. */
    public ListenerRules {
        Objects.requireNonNull(startTls, "startTls");
        Objects.requireNonNull(authentication, "authentication");
    }
}
