package io.smtpra.ra;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.tls.ClientCertificates;
import io.smtpra.ra.tls.KeyMaterial;
import io.smtpra.ra.tls.ServerTlsConfig;
import io.smtpra.ra.tls.StartTlsPolicy;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.TrustMaterial;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.ResourceAdapter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The properties of a resource adapter that are about TLS. */
public abstract class TlsProperties implements ResourceAdapter {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);

    @ConfigProperty(description = "STARTTLS (RFC 3207) on smtp and submission: disabled, enabled (offered) or required (nothing"
            + " goes without it).")
    private String startTls = "enabled";

    @ConfigProperty(description = "PEM file with the certificate chain, the own certificate first. Several files, separated by"
            + " commas: one for each kind of key or host name. Without any key a self-signed certificate is"
            + " made at start.")
    private String certificateFile = "";

    @ConfigProperty(description = "PEM file with the private key (PKCS#8, PKCS#1 or SEC 1); as many as certificate files, in"
            + " the same order. If empty, the keys are in the certificate files.")
    private String privateKeyFile = "";

    @ConfigProperty(description = "Password of the private key files, if they are encrypted.", confidential = true)
    private String privateKeyPassword = "";

    @ConfigProperty(description = "Key store with private keys and certificates, in place of PEM files.")
    private String keyStorePath = "";

    @ConfigProperty(description = "Type of the key store: PKCS12, JKS or another that the JVM knows.")
    private String keyStoreType = "PKCS12";

    @ConfigProperty(description = "Password of the key store and of its keys.", confidential = true)
    private String keyStorePassword = "";

    @ConfigProperty(description = "Which key of the key store. If empty, all of them.")
    private String keyAlias = "";

    @ConfigProperty(description = "Name of an SSL context that the server manages, in place of all files: in WildFly a"
            + " server-ssl-context of the Elytron subsystem.")
    private String sslContext = "";

    @ConfigProperty(description = "Whether clients are asked for a certificate: none, request (optional) or require.")
    private String clientCertificates = "none";

    @ConfigProperty(description = "PEM file with the certificates that client certificates are checked against. Without any"
            + " trusted certificates, those of the JVM.")
    private String trustedCertificatesFile = "";

    @ConfigProperty(description = "Key store with trusted certificates, in place of a PEM file.")
    private String trustStorePath = "";

    @ConfigProperty(description = "Type of the trust store: PKCS12, JKS or another that the JVM knows.")
    private String trustStoreType = "PKCS12";

    @ConfigProperty(description = "Password of the trust store.", confidential = true)
    private String trustStorePassword = "";

    @ConfigProperty(description = "true: client certificates are looked up as revoked, which may ask the network.")
    private String revocationCheck = "false";

    @ConfigProperty(description = "TLS versions, separated by commas. If empty, TLSv1.3 and TLSv1.2.")
    private String tlsProtocols = "";

    @ConfigProperty(description = "Cipher suites by their IANA names, the preferred first, separated by commas. If empty, a"
            + " safe list.")
    private String tlsCiphers = "";

    @ConfigProperty(description = "Whose TLS: jdk, or openssl, which needs netty-tcnative on the class path of the server.")
    private String tlsProvider = "jdk";

    StartTlsPolicy startTlsPolicy(PropertyReader reader) {
        return reader.choice("startTls", startTls, StartTlsPolicy.names());
    }

    ServerTlsConfig tlsConfig(PropertyReader reader, String hostName) {
        return new ServerTlsConfig(
                keyMaterial(reader, hostName),
                reader.choice("clientCertificates", clientCertificates, ClientCertificates.names()),
                trustMaterial(reader),
                reader.flag("revocationCheck", revocationCheck),
                reader.list(tlsProtocols),
                reader.list(tlsCiphers),
                HANDSHAKE_TIMEOUT,
                reader.choice("tlsProvider", tlsProvider, TlsProvider.names()));
    }

    private List<KeyMaterial> keyMaterial(PropertyReader reader, String hostName) {
        List<KeyMaterial> material = new ArrayList<>(pemFiles(reader));
        reader.text(keyStorePath).ifPresent(path -> material.add(new KeyMaterial.KeyStoreFile(
                path(reader, "keyStorePath", path),
                reader.required("keyStoreType", keyStoreType, "PKCS12, JKS or another that the JVM knows"),
                reader.text(keyStorePassword),
                reader.text(keyAlias))));
        reader.text(sslContext).map(KeyMaterial.ServerContext::named).ifPresent(material::add);
        return material.isEmpty() ? List.of(new KeyMaterial.SelfSigned(hostName)) : material;
    }

    private List<KeyMaterial> pemFiles(PropertyReader reader) {
        List<String> certificates = files(certificateFile);
        List<String> keys = files(privateKeyFile);
        if (!keys.isEmpty() && keys.size() != certificates.size()) {
            return reader.fault("privateKeyFile", privateKeyFile,
                    "as many files as certificateFile names, or none if the keys are in those", List.of());
        }
        List<KeyMaterial> material = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            Path certificate = path(reader, "certificateFile", certificates.get(i));
            Path key = keys.isEmpty() ? certificate : path(reader, "privateKeyFile", keys.get(i));
            material.add(new KeyMaterial.PemFiles(certificate, key, reader.text(privateKeyPassword)));
        }
        return material;
    }

    private Optional<TrustMaterial> trustMaterial(PropertyReader reader) {
        Optional<String> store = reader.text(trustStorePath);
        Optional<String> pem = reader.text(trustedCertificatesFile);
        if (store.isPresent() && pem.isPresent()) {
            return reader.fault("trustStorePath", trustStorePath, "empty, as trustedCertificatesFile is set",
                    Optional.empty());
        }
        Optional<TrustMaterial> trusted =
                pem.map(file -> new TrustMaterial.TrustedPem(path(reader, "trustedCertificatesFile", file)));
        return trusted.or(() -> store.map(file -> new TrustMaterial.TrustStoreFile(
                path(reader, "trustStorePath", file),
                reader.required("trustStoreType", trustStoreType, "PKCS12, JKS or another that the JVM knows"),
                reader.text(trustStorePassword))));
    }

    /** Names of files, which may hold blanks. */
    private static List<String> files(String value) {
        return Arrays.stream((value == null ? "" : value).split(","))
                .map(String::trim).filter(file -> !file.isEmpty()).toList();
    }

    static Path path(PropertyReader reader, String property, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            return reader.fault(property, value, "the path of a file", Path.of(""));
        }
    }

    /** The values of all properties. */
    List<String> values() {
        return new ArrayList<>(Arrays.asList(
                startTls, certificateFile, privateKeyFile, privateKeyPassword, keyStorePath, keyStoreType,
                keyStorePassword, keyAlias, sslContext, clientCertificates, trustedCertificatesFile, trustStorePath,
                trustStoreType, trustStorePassword, revocationCheck, tlsProtocols, tlsCiphers, tlsProvider));
    }

    public String getStartTls() {
        return startTls;
    }

    public void setStartTls(String startTls) {
        this.startTls = startTls;
    }

    public String getCertificateFile() {
        return certificateFile;
    }

    public void setCertificateFile(String certificateFile) {
        this.certificateFile = certificateFile;
    }

    public String getPrivateKeyFile() {
        return privateKeyFile;
    }

    public void setPrivateKeyFile(String privateKeyFile) {
        this.privateKeyFile = privateKeyFile;
    }

    public String getPrivateKeyPassword() {
        return privateKeyPassword;
    }

    public void setPrivateKeyPassword(String privateKeyPassword) {
        this.privateKeyPassword = privateKeyPassword;
    }

    public String getKeyStorePath() {
        return keyStorePath;
    }

    public void setKeyStorePath(String keyStorePath) {
        this.keyStorePath = keyStorePath;
    }

    public String getKeyStoreType() {
        return keyStoreType;
    }

    public void setKeyStoreType(String keyStoreType) {
        this.keyStoreType = keyStoreType;
    }

    public String getKeyStorePassword() {
        return keyStorePassword;
    }

    public void setKeyStorePassword(String keyStorePassword) {
        this.keyStorePassword = keyStorePassword;
    }

    public String getKeyAlias() {
        return keyAlias;
    }

    public void setKeyAlias(String keyAlias) {
        this.keyAlias = keyAlias;
    }

    public String getSslContext() {
        return sslContext;
    }

    public void setSslContext(String sslContext) {
        this.sslContext = sslContext;
    }

    public String getClientCertificates() {
        return clientCertificates;
    }

    public void setClientCertificates(String clientCertificates) {
        this.clientCertificates = clientCertificates;
    }

    public String getTrustedCertificatesFile() {
        return trustedCertificatesFile;
    }

    public void setTrustedCertificatesFile(String trustedCertificatesFile) {
        this.trustedCertificatesFile = trustedCertificatesFile;
    }

    public String getTrustStorePath() {
        return trustStorePath;
    }

    public void setTrustStorePath(String trustStorePath) {
        this.trustStorePath = trustStorePath;
    }

    public String getTrustStoreType() {
        return trustStoreType;
    }

    public void setTrustStoreType(String trustStoreType) {
        this.trustStoreType = trustStoreType;
    }

    public String getTrustStorePassword() {
        return trustStorePassword;
    }

    public void setTrustStorePassword(String trustStorePassword) {
        this.trustStorePassword = trustStorePassword;
    }

    public String getRevocationCheck() {
        return revocationCheck;
    }

    public void setRevocationCheck(String revocationCheck) {
        this.revocationCheck = revocationCheck;
    }

    public String getTlsProtocols() {
        return tlsProtocols;
    }

    public void setTlsProtocols(String tlsProtocols) {
        this.tlsProtocols = tlsProtocols;
    }

    public String getTlsCiphers() {
        return tlsCiphers;
    }

    public void setTlsCiphers(String tlsCiphers) {
        this.tlsCiphers = tlsCiphers;
    }

    public String getTlsProvider() {
        return tlsProvider;
    }

    public void setTlsProvider(String tlsProvider) {
        this.tlsProvider = tlsProvider;
    }
}
