package io.smtpra;

/** How much of the mail a delivery status notification should bring back: {@code RET} (RFC 3461 section 4.3). */
public enum DsnReturn {
    /** The whole message. */
    FULL,
    /** Its headers. */
    HDRS
}
