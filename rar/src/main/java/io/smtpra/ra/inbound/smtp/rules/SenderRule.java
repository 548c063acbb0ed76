package io.smtpra.ra.inbound.smtp.rules;

import java.util.Map;

/** As whom an authenticated user may send. */
public enum SenderRule {
    /** As anybody. */
    NONE,
    /** As itself: the reverse-path is the user's name, or has it as its local part; or is the null reverse-path. */
    USER;

    /** The rules by the names that stand in a configuration. */
    public static Map<String, SenderRule> names() {
        return Map.of("none", NONE, "user", USER);
    }
}
