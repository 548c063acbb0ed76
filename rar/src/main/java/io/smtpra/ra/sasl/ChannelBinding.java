package io.smtpra.ra.sasl;

import io.smtpra.TlsFacts;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;

/**
 * What identifies a TLS channel: {@code tls-server-end-point} (RFC 5929 section 4), a hash of the server's certificate.
 */
public final class ChannelBinding {

    /** Its name. */
    public static final String NAME = "tls-server-end-point";

    private ChannelBinding() {}

    /** Absent without TLS, or if the certificate is signed in a way that defines no hash. */
    public static Optional<byte[]> of(Optional<TlsFacts> tls) {
        return tls.filter(facts -> !facts.peerCertificates().isEmpty())
                .flatMap(facts -> hash(facts.peerCertificates().get(0)));
    }

    private static Optional<byte[]> hash(X509Certificate certificate) {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        int with = signature.indexOf("WITH");
        if (with < 0) {
            return Optional.empty();
        }
        // As SHA384withECDSA. RFC 5929 section 4.1: MD5 and SHA-1 are replaced by SHA-256.
        String hash = switch (signature.substring(0, with)) {
            case "MD5", "SHA1", "SHA256" -> "SHA-256";
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            default -> "";
        };
        try {
            return hash.isEmpty()
                    ? Optional.empty()
                    : Optional.of(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
