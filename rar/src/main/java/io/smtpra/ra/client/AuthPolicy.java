package io.smtpra.ra.client;

import io.smtpra.ra.sasl.AuthMechanism;
import java.util.List;

/**
 * How to authenticate.
 *
 * @param mechanisms those that may be used, in the order of preference
 * @param allowPlainText whether to authenticate on a connection without TLS
 * @param allowUnverifiedPeer whether credentials may be shown to a peer whose certificate was not checked; else only
 *     mechanisms that do not show them are used with it
 */
public record AuthPolicy(List<AuthMechanism> mechanisms, boolean allowPlainText, boolean allowUnverifiedPeer) {

    /** All mechanisms, the best first, never without TLS, and what shows credentials to verified peers alone. */
    public static final AuthPolicy DEFAULTS = new AuthPolicy(List.of(AuthMechanism.values()), false, false);

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
