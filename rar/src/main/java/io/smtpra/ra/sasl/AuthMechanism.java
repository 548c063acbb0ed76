package io.smtpra.ra.sasl;

import java.util.Map;
import java.util.TreeMap;

/** The SASL mechanisms that we know, the best first. */
public enum AuthMechanism {
    /** RFC 5802 and 7677, bound to the TLS channel (RFC 5929). */
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS"),
    /** RFC 5802 and 7677. */
    SCRAM_SHA_256("SCRAM-SHA-256"),
    /** RFC 4422 appendix A: by the client certificate of the TLS connection. */
    EXTERNAL("EXTERNAL"),
    /** RFC 7628. */
    OAUTHBEARER("OAUTHBEARER"),
    /** Its forerunner, still the more widely spoken. */
    XOAUTH2("XOAUTH2"),
    /** RFC 4616. */
    PLAIN("PLAIN"),
    /** Never standardised, and everywhere. */
    LOGIN("LOGIN");

    private final String saslName;

    AuthMechanism(String saslName) {
        this.saslName = saslName;
    }

    /**
     * Whether the server gets to know what it could authenticate with elsewhere: a password or a token.
     *
     * @return false if it learns no more than that we have it
     */
    public boolean showsCredentials() {
        return switch (this) {
            case SCRAM_SHA_256_PLUS, SCRAM_SHA_256, EXTERNAL -> false;
            case OAUTHBEARER, XOAUTH2, PLAIN, LOGIN -> true;
        };
    }

    /**
     * Whether it is of the SCRAM family, for which a server needs a secret of each user in a form of its own.
     *
     * @return true if so
     */
    public boolean isScram() {
        return this == SCRAM_SHA_256_PLUS || this == SCRAM_SHA_256;
    }

    /**
     * The name on the wire and in a configuration.
     *
     * @return as {@code SCRAM-SHA-256}
     */
    public String saslName() {
        return saslName;
    }

    /**
     * The names that stand in a configuration.
     *
     * @return the mechanism by its name, whatever its case
     */
    public static Map<String, AuthMechanism> names() {
        Map<String, AuthMechanism> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (AuthMechanism mechanism : values()) {
            names.put(mechanism.saslName, mechanism);
        }
        return names;
    }
}
