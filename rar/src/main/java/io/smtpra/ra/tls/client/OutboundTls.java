package io.smtpra.ra.tls.client;

import java.util.Map;

/** How a connection that we open comes to be encrypted. */
public enum OutboundTls {
    /** Never, even if the other side offers it. */
    DISABLED,
    /** With STARTTLS (RFC 3207) if the other side offers it, else in plain text. */
    NEGOTIATED,
    /** With STARTTLS; a side that does not offer it gets no mail. */
    REQUIRED,
    /** From the first octet, without STARTTLS (RFC 8314). */
    IMPLICIT;

    /**
     * The names that stand in a configuration.
     *
     * @return the choice by its name
     */
    public static Map<String, OutboundTls> names() {
        return Map.of("disabled", DISABLED, "negotiated", NEGOTIATED, "required", REQUIRED, "implicit", IMPLICIT);
    }
}
