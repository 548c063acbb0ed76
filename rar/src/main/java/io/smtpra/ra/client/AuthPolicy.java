package io.smtpra.ra.client;

import io.smtpra.ra.sasl.AuthMechanism;
import java.util.List;

/**
 * How to authenticate.
 *
 * @param mechanisms those that may be used, in the order of preference
 * @param allowPlainText whether credentials may be shown on a connection without TLS
 */
public record AuthPolicy(List<AuthMechanism> mechanisms, boolean allowPlainText) {

    /** All mechanisms, the best first, and never without TLS. */
    public static final AuthPolicy DEFAULTS = new AuthPolicy(List.of(AuthMechanism.values()), false);

    /**
     * Copies the mechanisms.
     *
     * @throws IllegalArgumentException if there is none
     */
    public AuthPolicy {
        mechanisms = List.copyOf(mechanisms);
        if (mechanisms.isEmpty()) {
            throw new IllegalArgumentException("At least one mechanism must be allowed");
        }
    }
}
