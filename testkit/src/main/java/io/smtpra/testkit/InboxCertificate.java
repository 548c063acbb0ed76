package io.smtpra.testkit;

import io.smtpra.ra.tls.material.KeyMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.SelfSignedX509CertificateAndSigningKey;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;

/** A key made for one inbox, and its certificate, which a client can be told to trust. */
final class InboxCertificate {

    private static final int VALID_DAYS = 30;
    private static final int NO_PATH_LENGTH = -1;

    private final X509Certificate certificate;
    private final Path certificateFile;
    private final Path keyFile;

    InboxCertificate(Path directory) throws IOException {
        ZonedDateTime now = ZonedDateTime.now();
        SelfSignedX509CertificateAndSigningKey made = SelfSignedX509CertificateAndSigningKey.builder()
                .setKeyAlgorithmName("EC").setKeySize(256).setSignatureAlgorithmName("SHA256withECDSA")
                .setDn(new X500Principal("CN=localhost"))
                .setNotValidBefore(now.minusDays(1)).setNotValidAfter(now.plusDays(VALID_DAYS))
                .addExtension(new SubjectAlternativeNamesExtension(false,
                        List.of(new GeneralName.DNSName("localhost"), new GeneralName.IPAddress("127.0.0.1"))))
                .addExtension(new BasicConstraintsExtension(true, true, NO_PATH_LENGTH))
                .build();
        certificate = made.getSelfSignedCertificate();
        try {
            certificateFile = write(directory.resolve("certificate.pem"), "CERTIFICATE", certificate.getEncoded());
            keyFile = write(directory.resolve("key.pem"), "PRIVATE KEY", made.getSigningKey().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate cannot be written", e);
        }
    }

    KeyMaterial material() {
        return new KeyMaterial.PemFiles(certificateFile, keyFile, Optional.empty());
    }

    X509Certificate certificate() {
        return certificate;
    }

    Path file() {
        return certificateFile;
    }

    SSLContext trustingContext() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("inbox", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The JVM has no TLS", e);
        }
    }

    private static Path write(Path file, String label, byte[] octets) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
        return Files.writeString(file,
                "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n",
                StandardCharsets.US_ASCII);
    }
}
