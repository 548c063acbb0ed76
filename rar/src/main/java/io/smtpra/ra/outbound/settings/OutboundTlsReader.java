package io.smtpra.ra.outbound.settings;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.client.OutboundTls;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TrustMaterial;
import java.nio.file.Path;
import java.util.Optional;

/** Reads those properties of a connection factory that say how it uses TLS. */
final class OutboundTlsReader {

    private static final String FILE = "a file that can be read";

    private final PropertyReader reader;

    OutboundTlsReader(PropertyReader reader) {
        this.reader = reader;
    }

    OutboundTls policy() {
        return reader.choice("tls", OutboundTls.names());
    }

    /** Whoever asks for a check does not want to go without it when TLS breaks. */
    boolean fallback() {
        boolean checked = reader.text("certificateCheck").filter(check -> !check.equalsIgnoreCase("none")).isPresent();
        return reader.flag("fallbackToPlain") && !checked;
    }

    /** Reads what TLS needs; absent if TLS is not wanted. */
    Optional<ClientTls> material(OutboundTls policy) {
        if (policy == OutboundTls.DISABLED) {
            return Optional.empty();
        }
        CertificateCheck check = certificateCheck(policy);
        Optional<TrustMaterial> trust = trust();
        if (check == CertificateCheck.NONE && trust.isPresent()) {
            reader.fault("certificateCheck", reader.value("certificateCheck"), "chain or chainAndHost with "
                    + "trustedCertificatesFile or trustStorePath, else without effect", "");
        }
        boolean lookUp = reader.flag("revocationCheck");
        if (lookUp && (check == CertificateCheck.NONE || reader.text("sslContext").isPresent())) {
            reader.fault("revocationCheck", reader.value("revocationCheck"), "true only with certificateCheck=chain or "
                    + "chainAndHost, and not with sslContext, whose own trust manager holds", "");
        }
        ClientTlsConfig config = new ClientTlsConfig(check, trust, lookUp, clientKey(),
                reader.list("tlsProtocols"), reader.list("tlsCiphers"),
                reader.choice("tlsProvider", TlsProvider.names()));
        try {
            return Optional.of(ClientTls.open(config));
        } catch (TlsConfigurationException e) {
            return reader.unusable(e.property(), e.value(), e.reason(), Optional.empty());
        }
    }

    /** With an SSL context of the server, the chain is always checked: by that context. */
    private CertificateCheck certificateCheck(OutboundTls policy) {
        if (reader.text("certificateCheck").isPresent()) {
            return reader.choice("certificateCheck", CertificateCheck.names());
        }
        // A password is for the one it is meant for.
        if (policy != OutboundTls.NEGOTIATED || reader.text("userName").isPresent()) {
            return CertificateCheck.CHAIN_AND_HOST;
        }
        return reader.text("sslContext").isPresent() ? CertificateCheck.CHAIN : CertificateCheck.NONE;
    }

    private Optional<TrustMaterial> trust() {
        Optional<Path> pem = reader.path("trustedCertificatesFile", FILE);
        Optional<Path> store = reader.path("trustStorePath", FILE);
        if (pem.isPresent() && store.isPresent()) {
            reader.fault("trustStorePath", reader.value("trustStorePath"), "not beside trustedCertificatesFile", "");
        }
        return pem.<TrustMaterial>map(TrustMaterial.TrustedPem::new).or(() -> store.map(
                file -> new TrustMaterial.TrustStoreFile(
                        file, reader.value("trustStoreType"), reader.text("trustStorePassword"))));
    }

    private Optional<KeyMaterial> clientKey() {
        Optional<Path> certificate = reader.path("certificateFile", FILE);
        Optional<Path> key = reader.path("privateKeyFile", FILE);
        Optional<Path> store = reader.path("keyStorePath", FILE);
        if (certificate.isPresent() && store.isPresent()) {
            reader.fault("keyStorePath", reader.value("keyStorePath"), "not beside certificateFile", "");
        }
        if (certificate.isPresent() != key.isPresent()) {
            reader.fault(certificate.isPresent() ? "privateKeyFile" : "certificateFile", "",
                    FILE + "; certificateFile and privateKeyFile go together", "");
        }
        Optional<String> context = reader.text("sslContext");
        if (context.isPresent() && (certificate.isPresent() || store.isPresent())) {
            reader.fault("sslContext", reader.value("sslContext"), "not beside certificateFile or keyStorePath", "");
        }
        if (context.isPresent()) {
            return context.map(KeyMaterial.ServerContext::named);
        }
        return certificate.<KeyMaterial>map(file -> new KeyMaterial.PemFiles(
                        file, key.orElse(file), reader.text("privateKeyPassword")))
                .or(() -> store.map(file -> new KeyMaterial.KeyStoreFile(
                        file, reader.value("keyStoreType"), reader.text("keyStorePassword"),
                        reader.text("keyAlias"))));
    }
}
