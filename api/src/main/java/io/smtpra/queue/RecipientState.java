package io.smtpra.queue;

/** Where one recipient of a queued mail stands. */
public enum RecipientState {
    /** Not tried yet, or deferred: it waits for its next attempt. */
    WAITING,
    /** The next hop has taken responsibility. */
    SENT,
    /** Refused for good, by the next hop or by a bounce that came in later. */
    BOUNCED,
    /** Not taken within the time that it was tried. */
    EXPIRED,
    /** Cancelled by the application. */
    CANCELLED,
    /** The content could not be read from the database: set aside until somebody looks at it. */
    SET_ASIDE
}
