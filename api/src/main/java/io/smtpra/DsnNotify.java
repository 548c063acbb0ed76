package io.smtpra;

/** When to notify the sender of a recipient's fate: {@code NOTIFY} (RFC 3461 section 4.1). */
public enum DsnNotify {
    /** Never; stands alone. */
    NEVER,
    /** When it was delivered. */
    SUCCESS,
    /** When it could not be delivered. */
    FAILURE,
    /** When it is late. */
    DELAY
}
