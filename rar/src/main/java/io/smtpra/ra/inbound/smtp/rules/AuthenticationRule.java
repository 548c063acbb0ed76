package io.smtpra.ra.inbound.smtp.rules;

import java.util.Map;

/** Whether a listener wants to know who sends (RFC 4954). */
public enum AuthenticationRule {
    /** {@code AUTH} is not offered. */
    NONE,
    /** {@code AUTH} is offered inside TLS; who does not use it is served all the same. */
    OPTIONAL,
    /** No mail without {@code AUTH}. */
    REQUIRED;

    /** The rules by the names that stand in a configuration. */
    public static Map<String, AuthenticationRule> names() {
        return Map.of("none", NONE, "optional", OPTIONAL, "required", REQUIRED);
    }
}
