package io.smtpra.authenticity;

/** Which name SPF was asked about (RFC 7208 section 2). */
public enum SpfIdentity {

    /** The domain of the reverse-path. */
    MAIL_FROM,

    /** The name that the client gave in {@code EHLO} or {@code HELO}, where the reverse-path is null. */
    HELO
}
