package io.smtpra.ra.outbound;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.tls.CertificateCheck;
import io.smtpra.ra.tls.ClientTls;
import io.smtpra.ra.tls.ClientTlsConfig;
import io.smtpra.ra.tls.KeyMaterial;
import io.smtpra.ra.tls.OutboundTls;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TrustMaterial;
import java.nio.file.Path;
import java.util.Optional;

/** Reads those properties of a connection factory that say how it uses TLS. */
final class OutboundTlsReader {

    private static final String FILE = "a file that can be read";

    private final SmtpManagedConnectionFactory bean;
    private final PropertyReader reader;

    OutboundTlsReader(SmtpManagedConnectionFactory bean, PropertyReader reader) {
        this.bean = bean;
        this.reader = reader;
    }

    OutboundTls policy() {
        return reader.choice("tls", bean.getTls(), OutboundTls.names());
    }

    boolean fallback() {
        return reader.flag("fallbackToPlain", bean.getFallbackToPlain());
    }

    /** Reads what TLS needs; absent if TLS is not wanted. */
    Optional<ClientTls> material(OutboundTls policy) {
        if (policy == OutboundTls.DISABLED) {
            return Optional.empty();
        }
        CertificateCheck check = certificateCheck(policy);
        Optional<TrustMaterial> trust = trust();
        if (check == CertificateCheck.NONE && trust.isPresent()) {
            reader.fault("certificateCheck", bean.getCertificateCheck(), "chain or chainAndHost with "
                    + "trustedCertificatesFile or trustStorePath, else without effect", "");
        }
        boolean lookUp = reader.flag("revocationCheck", bean.getRevocationCheck());
        if (lookUp && (check == CertificateCheck.NONE || reader.text(bean.getSslContext()).isPresent())) {
            reader.fault("revocationCheck", bean.getRevocationCheck(), "true only with certificateCheck=chain or "
                    + "chainAndHost, and not with sslContext, whose own trust manager holds", "");
        }
        ClientTlsConfig config = new ClientTlsConfig(check, trust, lookUp, clientKey(),
                reader.list(bean.getTlsProtocols()), reader.list(bean.getTlsCiphers()));
        try {
            return Optional.of(ClientTls.open(config));
        } catch (TlsConfigurationException e) {
            return reader.unusable(e.property(), e.value(), e.reason(), Optional.empty());
        }
    }

    /** With an SSL context of the server, the chain is always checked: by that context. */
    private CertificateCheck certificateCheck(OutboundTls policy) {
        if (reader.text(bean.getCertificateCheck()).isPresent()) {
            return reader.choice("certificateCheck", bean.getCertificateCheck(), CertificateCheck.names());
        }
        if (policy != OutboundTls.NEGOTIATED) {
            return CertificateCheck.CHAIN_AND_HOST;
        }
        return reader.text(bean.getSslContext()).isPresent() ? CertificateCheck.CHAIN : CertificateCheck.NONE;
    }

    private Optional<TrustMaterial> trust() {
        Optional<Path> pem = path("trustedCertificatesFile", bean.getTrustedCertificatesFile());
        Optional<Path> store = path("trustStorePath", bean.getTrustStorePath());
        if (pem.isPresent() && store.isPresent()) {
            reader.fault("trustStorePath", bean.getTrustStorePath(), "not beside trustedCertificatesFile", "");
        }
        return pem.<TrustMaterial>map(TrustMaterial.TrustedPem::new).or(() -> store.map(
                file -> new TrustMaterial.TrustStoreFile(
                        file, bean.getTrustStoreType(), reader.text(bean.getTrustStorePassword()))));
    }

    private Optional<KeyMaterial> clientKey() {
        Optional<Path> certificate = path("certificateFile", bean.getCertificateFile());
        Optional<Path> key = path("privateKeyFile", bean.getPrivateKeyFile());
        Optional<Path> store = path("keyStorePath", bean.getKeyStorePath());
        if (certificate.isPresent() && store.isPresent()) {
            reader.fault("keyStorePath", bean.getKeyStorePath(), "not beside certificateFile", "");
        }
        if (certificate.isPresent() != key.isPresent()) {
            reader.fault(certificate.isPresent() ? "privateKeyFile" : "certificateFile", "",
                    FILE + "; certificateFile and privateKeyFile go together", "");
        }
        Optional<String> context = reader.text(bean.getSslContext());
        if (context.isPresent() && (certificate.isPresent() || store.isPresent())) {
            reader.fault("sslContext", bean.getSslContext(), "not beside certificateFile or keyStorePath", "");
        }
        if (context.isPresent()) {
            return context.map(KeyMaterial.ServerContext::named);
        }
        return certificate.<KeyMaterial>map(file -> new KeyMaterial.PemFiles(
                        file, key.orElse(file), reader.text(bean.getPrivateKeyPassword())))
                .or(() -> store.map(file -> new KeyMaterial.KeyStoreFile(
                        file, bean.getKeyStoreType(), reader.text(bean.getKeyStorePassword()),
                        reader.text(bean.getKeyAlias()))));
    }

    private Optional<Path> path(String property, String value) {
        return reader.text(value).flatMap(
                text -> reader.parsed(property, text, FILE, name -> Optional.of(Path.of(name)), Optional.empty()));
    }
}
