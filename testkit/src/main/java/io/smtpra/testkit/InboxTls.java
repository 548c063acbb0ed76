package io.smtpra.testkit;

/** Whether an inbox speaks TLS. */
public enum InboxTls {
    /** Never: it is not offered. */
    OFF,
    /** It offers STARTTLS, and takes mail without. */
    OFFERED,
    /** It offers STARTTLS, and takes nothing without. */
    REQUIRED,
    /** TLS begins with the connection (RFC 8314). */
    IMPLICIT
}
