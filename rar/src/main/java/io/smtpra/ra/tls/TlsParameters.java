package io.smtpra.ra.tls;

import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Which protocol versions and cipher suites are spoken. Nothing older than TLS 1.2 (RFC 8996). */
public final class TlsParameters {

    /** The protocol versions, the preferred first. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /**
     * Forward secret ones only, the strongest first, and those with ECDSA before those with RSA, which cost the server
     * more. The last lines are for older mail servers that would otherwise fall back to plain text.
     */
    private static final List<String> SERVER_CIPHER_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");

    private TlsParameters() {
    }

    /**
     * Checks protocol versions.
     *
     * @param configured versions, none for those that are spoken unless another choice is made
     * @return the versions to speak
     * @throws TlsConfigurationException if one is not spoken
     */
    public static List<String> protocols(List<String> configured) throws TlsConfigurationException {
        for (String protocol : configured) {
            if (!PROTOCOLS.contains(protocol)) {
                throw new TlsConfigurationException(TlsProperty.TLS_PROTOCOLS, protocol,
                        "not a protocol version that is spoken; allowed: " + String.join(", ", PROTOCOLS));
            }
        }
        return configured.isEmpty() ? PROTOCOLS : configured;
    }

    /**
     * The cipher suites of a listener.
     *
     * @param configured suites, none for a safe list
     * @param supported those that the implementation has
     * @return the suites, the preferred first
     * @throws TlsConfigurationException if the implementation does not have one
     */
    public static List<String> serverCipherSuites(List<String> configured, Collection<String> supported)
            throws TlsConfigurationException {
        if (configured.isEmpty()) {
            return SERVER_CIPHER_SUITES.stream().filter(supported::contains).toList();
        }
        return checked(configured, supported);
    }

    /**
     * Checks cipher suites. What is worthless, without encryption or authentication, no implementation has any more.
     *
     * @param configured suites
     * @param supported those that the implementation has
     * @return the configured ones
     * @throws TlsConfigurationException if the implementation does not have one
     */
    public static List<String> checked(List<String> configured, Collection<String> supported)
            throws TlsConfigurationException {
        for (String suite : configured) {
            if (!supported.contains(suite)) {
                throw new TlsConfigurationException(TlsProperty.TLS_CIPHERS, suite,
                        "no such cipher suite here; IANA names are expected, as " + SERVER_CIPHER_SUITES.get(0));
            }
        }
        return configured;
    }

    /**
     * The suites that the JVM's own implementation has.
     *
     * @return their IANA names
     */
    public static Set<String> jdkCipherSuites() {
        try {
            return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }
}
