package io.smtpra.ra.tls;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * TLS as our listeners speak it.
 *
 * @param keyMaterial at least one; of several, the client's abilities and the host name that it asks for choose, the
 *     first being the one for a client that asks for none
 * @param clientCertificates whether clients are asked for certificates
 * @param trust who must have issued them; absent: whom the JVM trusts
 * @param revocationCheck whether they are looked up as revoked, which may ask the network
 * @param protocols protocol versions; empty: TLSv1.3 and TLSv1.2
 * @param cipherSuites cipher suites by their IANA names, the preferred first; empty: a safe list
 * @param handshakeTimeout how long a handshake may take
 * @param provider whose implementation
 */
public record ServerTlsConfig(
        List<KeyMaterial> keyMaterial,
        ClientCertificates clientCertificates,
        Optional<TrustMaterial> trust,
        boolean revocationCheck,
        List<String> protocols,
        List<String> cipherSuites,
        Duration handshakeTimeout,
        TlsProvider provider) {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);

    /** Copies the lists, refuses nulls and an empty list of key material. */
    public ServerTlsConfig {
        keyMaterial = List.copyOf(keyMaterial);
        Objects.requireNonNull(clientCertificates, "clientCertificates");
        Objects.requireNonNull(trust, "trust");
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        Objects.requireNonNull(handshakeTimeout, "handshakeTimeout");
        Objects.requireNonNull(provider, "provider");
        if (keyMaterial.isEmpty()) {
            throw new IllegalArgumentException("no key material");
        }
    }

    /**
     * The same for a port that asks its clients otherwise.
     *
     * @param certificates whether clients are asked for certificates
     * @return the configuration
     */
    public ServerTlsConfig asking(ClientCertificates certificates) {
        return new ServerTlsConfig(keyMaterial, certificates, trust, revocationCheck, protocols, cipherSuites,
                handshakeTimeout, provider);
    }

    /**
     * A configuration with defaults for all else: no client certificates, the JVM's implementation.
     *
     * @param keyMaterial at least one
     * @return the configuration
     */
    public static ServerTlsConfig of(KeyMaterial... keyMaterial) {
        return new ServerTlsConfig(List.of(keyMaterial), ClientCertificates.NONE, Optional.empty(), false, List.of(),
                List.of(), HANDSHAKE_TIMEOUT, TlsProvider.JDK);
    }
}
