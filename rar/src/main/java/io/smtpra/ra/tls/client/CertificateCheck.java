package io.smtpra.ra.tls.client;

import java.util.Map;

/** What is checked of the certificate of a server that we connect to. */
public enum CertificateCheck {
    /** Nothing: against eavesdroppers only, not against an impostor. */
    NONE,
    /** Its chain leads to a trusted certificate. */
    CHAIN,
    /** Its chain, and that it names the host that was asked for (RFC 6125). */
    CHAIN_AND_HOST;

    /**
     * The names that stand in a configuration.
     *
     * @return the check by its name
     */
    public static Map<String, CertificateCheck> names() {
        return Map.of("none", NONE, "chain", CHAIN, "chainAndHost", CHAIN_AND_HOST);
    }
}
