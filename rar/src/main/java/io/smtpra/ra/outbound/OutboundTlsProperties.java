package io.smtpra.ra.outbound;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.tls.CertificateCheck;
import io.smtpra.ra.tls.ClientTls;
import io.smtpra.ra.tls.ClientTlsConfig;
import io.smtpra.ra.tls.KeyMaterial;
import io.smtpra.ra.tls.OutboundTls;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TrustMaterial;
import jakarta.resource.spi.ConfigProperty;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The properties of a connection factory that say how it uses TLS. */
public abstract class OutboundTlsProperties implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String FILE = "a file that can be read";

    @ConfigProperty(description = "How the connection is encrypted: disabled, negotiated (STARTTLS if the next hop "
            + "offers it), required (STARTTLS or no mail) or implicit (TLS from the first octet)")
    private String tls = "negotiated";

    @ConfigProperty(description = "With tls=negotiated: whether mail goes in plain text, over a fresh connection, "
            + "when STARTTLS or its handshake fails (RFC 7435)")
    private String fallbackToPlain = "true";

    @ConfigProperty(description = "What is checked of the next hop's certificate: none, chain or chainAndHost; if not "
            + "set, none for tls=negotiated, else chainAndHost")
    private String certificateCheck = "";

    @ConfigProperty(description = "PEM file of the certificates that the next hop's must be issued by; if nothing is "
            + "set, those that the JVM trusts")
    private String trustedCertificatesFile = "";

    @ConfigProperty(description = "Key store of those certificates, instead of a PEM file")
    private String trustStorePath = "";

    @ConfigProperty(description = "Type of the trust store")
    private String trustStoreType = "PKCS12";

    @ConfigProperty(description = "Password of the trust store")
    private String trustStorePassword = "";

    @ConfigProperty(description = "PEM file of the certificate chain that we show to the next hop when it asks")
    private String certificateFile = "";

    @ConfigProperty(description = "PEM file of its private key")
    private String privateKeyFile = "";

    @ConfigProperty(description = "Password of the private key, if it is encrypted")
    private String privateKeyPassword = "";

    @ConfigProperty(description = "Key store with certificate chain and private key, instead of PEM files")
    private String keyStorePath = "";

    @ConfigProperty(description = "Type of the key store")
    private String keyStoreType = "PKCS12";

    @ConfigProperty(description = "Password of the key store and of its keys")
    private String keyStorePassword = "";

    @ConfigProperty(description = "Which key of the key store; if not set, any")
    private String keyAlias = "";

    @ConfigProperty(description = "Name of an SSL context that the server manages, in place of all files and stores: "
            + "in WildFly a client-ssl-context of the Elytron subsystem. Its trusted certificates hold")
    private String sslContext = "";

    @ConfigProperty(description = "Whether the next hop's certificate is looked up as revoked, which may ask the "
            + "network; what cannot be looked up is refused")
    private String revocationCheck = "false";

    @ConfigProperty(description = "TLS versions; if not set, TLSv1.3 and TLSv1.2")
    private String tlsProtocols = "";

    @ConfigProperty(description = "Cipher suites by their IANA names, the preferred first; if not set, those of the "
            + "JVM")
    private String tlsCiphers = "";

    OutboundTlsProperties() {}

    /** A property has been set: what was made of the properties before is out of date. */
    abstract void changed();

    OutboundTls tlsPolicy(PropertyReader reader) {
        return reader.choice("tls", tls, OutboundTls.names());
    }

    boolean fallback(PropertyReader reader) {
        return reader.flag("fallbackToPlain", fallbackToPlain);
    }

    /** Reads what TLS needs; absent if TLS is not wanted. */
    Optional<ClientTls> clientTls(PropertyReader reader, OutboundTls policy) {
        if (policy == OutboundTls.DISABLED) {
            return Optional.empty();
        }
        CertificateCheck check = certificateCheck(reader, policy);
        Optional<TrustMaterial> trust = trust(reader);
        if (check == CertificateCheck.NONE && trust.isPresent()) {
            reader.fault("certificateCheck", certificateCheck,
                    "chain or chainAndHost with trustedCertificatesFile or trustStorePath, else without effect", "");
        }
        boolean lookUp = reader.flag("revocationCheck", revocationCheck);
        if (lookUp && (check == CertificateCheck.NONE || reader.text(sslContext).isPresent())) {
            reader.fault("revocationCheck", revocationCheck, "true only with certificateCheck=chain or chainAndHost, and"
                    + " not with sslContext, whose own trust manager holds", "");
        }
        ClientTlsConfig config = new ClientTlsConfig(check, trust, lookUp, clientKey(reader),
                reader.list(tlsProtocols), reader.list(tlsCiphers));
        try {
            return Optional.of(ClientTls.open(config));
        } catch (TlsConfigurationException e) {
            return reader.unusable(e.property(), e.value(), e.reason(), Optional.empty());
        }
    }

    /** With an SSL context of the server, the chain is always checked: by that context. */
    private CertificateCheck certificateCheck(PropertyReader reader, OutboundTls policy) {
        if (reader.text(certificateCheck).isPresent()) {
            return reader.choice("certificateCheck", certificateCheck, CertificateCheck.names());
        }
        if (policy != OutboundTls.NEGOTIATED) {
            return CertificateCheck.CHAIN_AND_HOST;
        }
        return reader.text(sslContext).isPresent() ? CertificateCheck.CHAIN : CertificateCheck.NONE;
    }

    private Optional<TrustMaterial> trust(PropertyReader reader) {
        Optional<Path> pem = path(reader, "trustedCertificatesFile", trustedCertificatesFile);
        Optional<Path> store = path(reader, "trustStorePath", trustStorePath);
        if (pem.isPresent() && store.isPresent()) {
            reader.fault("trustStorePath", trustStorePath, "not beside trustedCertificatesFile", "");
        }
        return pem.<TrustMaterial>map(TrustMaterial.TrustedPem::new).or(() -> store.map(
                file -> new TrustMaterial.TrustStoreFile(file, trustStoreType, reader.text(trustStorePassword))));
    }

    private Optional<KeyMaterial> clientKey(PropertyReader reader) {
        Optional<Path> certificate = path(reader, "certificateFile", certificateFile);
        Optional<Path> key = path(reader, "privateKeyFile", privateKeyFile);
        Optional<Path> store = path(reader, "keyStorePath", keyStorePath);
        if (certificate.isPresent() && store.isPresent()) {
            reader.fault("keyStorePath", keyStorePath, "not beside certificateFile", "");
        }
        if (certificate.isPresent() != key.isPresent()) {
            reader.fault(certificate.isPresent() ? "privateKeyFile" : "certificateFile", "",
                    FILE + "; certificateFile and privateKeyFile go together", "");
        }
        Optional<String> context = reader.text(sslContext);
        if (context.isPresent() && (certificate.isPresent() || store.isPresent())) {
            reader.fault("sslContext", sslContext, "not beside certificateFile or keyStorePath", "");
        }
        if (context.isPresent()) {
            return context.map(KeyMaterial.ServerContext::named);
        }
        return certificate.<KeyMaterial>map(file -> new KeyMaterial.PemFiles(
                        file, key.orElse(file), reader.text(privateKeyPassword)))
                .or(() -> store.map(file -> new KeyMaterial.KeyStoreFile(
                        file, keyStoreType, reader.text(keyStorePassword), reader.text(keyAlias))));
    }

    private static Optional<Path> path(PropertyReader reader, String property, String value) {
        return reader.text(value).flatMap(
                text -> reader.parsed(property, text, FILE, name -> Optional.of(Path.of(name)), Optional.empty()));
    }

    /** All values, for equality. */
    List<String> tlsValues() {
        return List.of(tls, fallbackToPlain, certificateCheck, trustedCertificatesFile, trustStorePath,
                trustStoreType, trustStorePassword, certificateFile, privateKeyFile, privateKeyPassword, keyStorePath,
                keyStoreType, keyStorePassword, keyAlias, sslContext, revocationCheck, tlsProtocols, tlsCiphers);
    }

    public String getTls() {
        return tls;
    }

    public void setTls(String tls) {
        this.tls = tls;
        changed();
    }

    public String getFallbackToPlain() {
        return fallbackToPlain;
    }

    public void setFallbackToPlain(String fallbackToPlain) {
        this.fallbackToPlain = fallbackToPlain;
        changed();
    }

    public String getCertificateCheck() {
        return certificateCheck;
    }

    public void setCertificateCheck(String certificateCheck) {
        this.certificateCheck = certificateCheck;
        changed();
    }

    public String getTrustedCertificatesFile() {
        return trustedCertificatesFile;
    }

    public void setTrustedCertificatesFile(String trustedCertificatesFile) {
        this.trustedCertificatesFile = trustedCertificatesFile;
        changed();
    }

    public String getTrustStorePath() {
        return trustStorePath;
    }

    public void setTrustStorePath(String trustStorePath) {
        this.trustStorePath = trustStorePath;
        changed();
    }

    public String getTrustStoreType() {
        return trustStoreType;
    }

    public void setTrustStoreType(String trustStoreType) {
        this.trustStoreType = trustStoreType;
        changed();
    }

    public String getTrustStorePassword() {
        return trustStorePassword;
    }

    public void setTrustStorePassword(String trustStorePassword) {
        this.trustStorePassword = trustStorePassword;
        changed();
    }

    public String getCertificateFile() {
        return certificateFile;
    }

    public void setCertificateFile(String certificateFile) {
        this.certificateFile = certificateFile;
        changed();
    }

    public String getPrivateKeyFile() {
        return privateKeyFile;
    }

    public void setPrivateKeyFile(String privateKeyFile) {
        this.privateKeyFile = privateKeyFile;
        changed();
    }

    public String getPrivateKeyPassword() {
        return privateKeyPassword;
    }

    public void setPrivateKeyPassword(String privateKeyPassword) {
        this.privateKeyPassword = privateKeyPassword;
        changed();
    }

    public String getKeyStorePath() {
        return keyStorePath;
    }

    public void setKeyStorePath(String keyStorePath) {
        this.keyStorePath = keyStorePath;
        changed();
    }

    public String getKeyStoreType() {
        return keyStoreType;
    }

    public void setKeyStoreType(String keyStoreType) {
        this.keyStoreType = keyStoreType;
        changed();
    }

    public String getKeyStorePassword() {
        return keyStorePassword;
    }

    public void setKeyStorePassword(String keyStorePassword) {
        this.keyStorePassword = keyStorePassword;
        changed();
    }

    public String getKeyAlias() {
        return keyAlias;
    }

    public void setKeyAlias(String keyAlias) {
        this.keyAlias = keyAlias;
        changed();
    }

    public String getSslContext() {
        return sslContext;
    }

    public void setSslContext(String sslContext) {
        this.sslContext = sslContext;
        changed();
    }

    public String getRevocationCheck() {
        return revocationCheck;
    }

    public void setRevocationCheck(String revocationCheck) {
        this.revocationCheck = revocationCheck;
        changed();
    }

    public String getTlsProtocols() {
        return tlsProtocols;
    }

    public void setTlsProtocols(String tlsProtocols) {
        this.tlsProtocols = tlsProtocols;
        changed();
    }

    public String getTlsCiphers() {
        return tlsCiphers;
    }

    public void setTlsCiphers(String tlsCiphers) {
        this.tlsCiphers = tlsCiphers;
        changed();
    }
}
