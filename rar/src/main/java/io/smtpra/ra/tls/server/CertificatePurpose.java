package io.smtpra.ra.tls.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** For what purpose a client's certificate must have been issued (RFC 5280 section 4.2.1.12). */
public enum CertificatePurpose {

    /** To be a client's. */
    CLIENT,
    /** A server's will do too: mail servers show what they have, and public authorities issue no other any more. */
    ANY;

    /**
     * The names that stand in a configuration.
     *
     * @return the purpose by its name
     */
    public static Map<String, CertificatePurpose> names() {
        Map<String, CertificatePurpose> names = new LinkedHashMap<>();
        names.put("client", CLIENT);
        names.put("any", ANY);
        return names;
    }
}
