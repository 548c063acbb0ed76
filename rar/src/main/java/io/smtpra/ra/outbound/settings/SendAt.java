package io.smtpra.ra.outbound.settings;

import java.util.Map;

/** When a mail that is sent inside a transaction goes out. */
public enum SendAt {
    /** When the transaction commits; never if it rolls back. */
    COMMIT,
    /** At once, whatever becomes of the transaction. */
    NOW;

    static Map<String, SendAt> names() {
        return Map.of("commit", COMMIT, "now", NOW);
    }
}
