package io.smtpra.ra.tls.server;

import java.util.Map;

/** Whether a listener that starts in plain text offers STARTTLS (RFC 3207), and whether it insists. */
public enum StartTlsPolicy {
    /** Not offered. */
    DISABLED,
    /** Offered; a client that does not use it is served all the same. */
    ENABLED,
    /** Offered, and nothing that matters is done before it. */
    REQUIRED;

    /**
     * The names that stand in a configuration.
     *
     * @return the policy by its name
     */
    public static Map<String, StartTlsPolicy> names() {
        return Map.of("disabled", DISABLED, "enabled", ENABLED, "required", REQUIRED);
    }
}
