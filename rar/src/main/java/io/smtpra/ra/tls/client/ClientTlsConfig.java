package io.smtpra.ra.tls.client;

import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TrustMaterial;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * TLS as we speak it to a server that we connect to.
 *
 * @param check what is checked of the server's certificate
 * @param trust who must have issued it; absent: whom the JVM trusts
 * @param revocationCheck whether it is looked up as revoked, which may ask the network
 * @param clientKey our own key and certificate, shown when the server asks
 * @param protocols protocol versions; empty: TLSv1.3 and TLSv1.2
 * @param cipherSuites cipher suites by their IANA names, the preferred first; empty: the implementation's own list
 * @param provider whose implementation
 */
public record ClientTlsConfig(
        CertificateCheck check,
        Optional<TrustMaterial> trust,
        boolean revocationCheck,
        Optional<KeyMaterial> clientKey,
        List<String> protocols,
        List<String> cipherSuites,
        TlsProvider provider) {

    /** Copies the lists and refuses nulls. */
    public ClientTlsConfig {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(clientKey, "clientKey");
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        Objects.requireNonNull(provider, "provider");
    }

    /** With the best implementation. */
    public ClientTlsConfig(CertificateCheck check, Optional<TrustMaterial> trust, boolean revocationCheck,
            Optional<KeyMaterial> clientKey, List<String> protocols, List<String> cipherSuites) {
        this(check, trust, revocationCheck, clientKey, protocols, cipherSuites, TlsProvider.AUTO);
    }

    /**
     * A configuration with defaults for all else: whom the JVM trusts, no key of our own.
     *
     * @param check what is checked of the server's certificate
     * @return the configuration
     */
    public static ClientTlsConfig of(CertificateCheck check) {
        return new ClientTlsConfig(check, Optional.empty(), false, Optional.empty(), List.of(), List.of());
    }
}
