package io.smtpra.ra.tls;

import java.util.Map;

/** Whether a client is asked for its certificate. */
public enum ClientCertificates {
    /** Not asked. */
    NONE,
    /** Asked; the handshake succeeds with a certificate that is not trusted, and without one. */
    REQUEST,
    /** Asked; the handshake fails without a trusted certificate. */
    REQUIRE;

    /**
     * The names that stand in a configuration.
     *
     * @return the choice by its name
     */
    public static Map<String, ClientCertificates> names() {
        return Map.of("none", NONE, "request", REQUEST, "require", REQUIRE);
    }
}
