package io.smtpra.ra.tls.server;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TrustMaterial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * TLS as our listeners speak it.
 *
 * @param keyMaterial at least one; of several, the client's abilities and the host name that it asks for choose, the
 *     first being the one for a client that asks for none
 * @param clientCertificates whether clients are asked for certificates
 * @param purpose for what they must have been issued
 * @param trust who must have issued them; absent: whom the JVM trusts
 * @param revocationCheck whether they are looked up as revoked, which may ask the network
 * @param protocols protocol versions; empty: TLSv1.3 and TLSv1.2
 * @param cipherSuites cipher suites by their IANA names, the preferred first; empty: a safe list
 * @param handshakeTimeout how long a handshake may take
 * @param provider whose implementation
 * @param tickets how sessions are resumed
 */
public record ServerTlsConfig(
        List<KeyMaterial> keyMaterial,
        ClientCertificates clientCertificates,
        CertificatePurpose purpose,
        Optional<TrustMaterial> trust,
        boolean revocationCheck,
        List<String> protocols,
        List<String> cipherSuites,
        Duration handshakeTimeout,
        TlsProvider provider,
        SessionTickets tickets) {

    private static final String FILE = "the path of a file";
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);

    /** Copies the lists, refuses nulls and an empty list of key material. */
    public ServerTlsConfig {
        keyMaterial = List.copyOf(keyMaterial);
        Objects.requireNonNull(clientCertificates, "clientCertificates");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(trust, "trust");
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        Objects.requireNonNull(handshakeTimeout, "handshakeTimeout");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(tickets, "tickets");
        if (keyMaterial.isEmpty()) {
            throw new IllegalArgumentException("no key material");
        }
    }

    /** Certificates of clients must have been issued to be that. */
    public ServerTlsConfig(List<KeyMaterial> keyMaterial, ClientCertificates clientCertificates,
            Optional<TrustMaterial> trust, boolean revocationCheck, List<String> protocols, List<String> cipherSuites,
            Duration handshakeTimeout, TlsProvider provider) {
        this(keyMaterial, clientCertificates, CertificatePurpose.CLIENT, trust, revocationCheck, protocols,
                cipherSuites, handshakeTimeout, provider, SessionTickets.DEFAULT);
    }

    /**
     * The same for a port that asks its clients otherwise.
     *
     * @param certificates whether clients are asked for certificates
     * @return the configuration
     */
    public ServerTlsConfig asking(ClientCertificates certificates) {
        return new ServerTlsConfig(keyMaterial, certificates, purpose, trust, revocationCheck, protocols, cipherSuites,
                handshakeTimeout, provider, tickets);
    }

    /**
     * A configuration with defaults for all else: no client certificates, the best implementation.
     *
     * @param keyMaterial at least one
     * @return the configuration
     */
    public static ServerTlsConfig of(KeyMaterial... keyMaterial) {
        return new ServerTlsConfig(List.of(keyMaterial), ClientCertificates.NONE, Optional.empty(), false, List.of(),
                List.of(), HANDSHAKE_TIMEOUT, TlsProvider.AUTO);
    }

    /**
     * Reads how listeners speak TLS.
     *
     * @param reader the properties
     * @param hostName whom a self-signed certificate is for, where no key is named
     * @return the configuration
     */
    public static ServerTlsConfig read(PropertyReader reader, String hostName) {
        return new ServerTlsConfig(
                keyMaterial(reader, hostName),
                reader.choice("clientCertificates", ClientCertificates.names()),
                reader.choice("clientCertificatePurpose", CertificatePurpose.names()),
                TrustMaterial.read(reader),
                reader.flag("revocationCheck"),
                reader.list("tlsProtocols"),
                reader.list("tlsCiphers"),
                HANDSHAKE_TIMEOUT,
                reader.choice("tlsProvider", TlsProvider.names()),
                SessionTickets.read(reader));
    }

    /** Whether a context of the server says whom it trusts, and with which key. */
    public boolean isServerContext() {
        return keyMaterial.stream().anyMatch(KeyMaterial.ServerContext.class::isInstance);
    }

    private static List<KeyMaterial> keyMaterial(PropertyReader reader, String hostName) {
        List<KeyMaterial> material = new ArrayList<>(pemFiles(reader));
        reader.path("keyStorePath", FILE).ifPresent(path -> material.add(new KeyMaterial.KeyStoreFile(
                path,
                reader.required("keyStoreType", "PKCS12, JKS or another that the JVM knows"),
                reader.text("keyStorePassword"),
                reader.text("keyAlias"))));
        reader.text("sslContext").map(KeyMaterial.ServerContext::named).ifPresent(material::add);
        return material.isEmpty() ? List.of(new KeyMaterial.SelfSigned(hostName)) : material;
    }

    private static List<KeyMaterial> pemFiles(PropertyReader reader) {
        List<String> certificates = files(reader, "certificateFile");
        List<String> keys = files(reader, "privateKeyFile");
        if (!keys.isEmpty() && keys.size() != certificates.size()) {
            return reader.fault("privateKeyFile", reader.value("privateKeyFile"),
                    "as many files as certificateFile names, or none if the keys are in those", List.of());
        }
        List<KeyMaterial> material = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            Path certificate = path(reader, "certificateFile", certificates.get(i));
            Path key = keys.isEmpty() ? certificate : path(reader, "privateKeyFile", keys.get(i));
            material.add(new KeyMaterial.PemFiles(certificate, key, reader.text("privateKeyPassword")));
        }
        return material;
    }

    /** Names of files, which may hold blanks. */
    private static List<String> files(PropertyReader reader, String property) {
        return Arrays.stream(reader.value(property).split(","))
                .map(String::trim).filter(file -> !file.isEmpty()).toList();
    }

    private static Path path(PropertyReader reader, String property, String value) {
        return reader.parsed(property, value, FILE, Path::of, Path.of(""));
    }
}
