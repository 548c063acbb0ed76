package io.smtpra.ra.tls.material;

import io.smtpra.ra.tls.SessionFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an administrator wants to know of a certificate that is in use.
 *
 * @param subject the distinguished name of its subject
 * @param issuer that of its issuer
 * @param expires until when it is valid
 * @param fingerprint its SHA-256, as {@code openssl x509 -fingerprint -sha256} shows it
 */
public record CertificateFacts(String subject, String issuer, Instant expires, String fingerprint) {

    /**
     * What is known of certificates.
     *
     * @param identities those in use
     * @return the facts of each one's own certificate
     */
    public static List<CertificateFacts> of(List<Identity> identities) {
        return identities.stream().map(Identity::certificate)
                .map(certificate -> new CertificateFacts(
                        certificate.getSubjectX500Principal().getName(),
                        certificate.getIssuerX500Principal().getName(),
                        certificate.getNotAfter().toInstant(),
                        SessionFacts.fingerprint(certificate)))
                .toList();
    }

    /**
     * When the first of several expires.
     *
     * @param certificates possibly none
     * @return the time, absent if there is none
     */
    public static Optional<Instant> firstExpiry(List<CertificateFacts> certificates) {
        return certificates.stream().map(CertificateFacts::expires).min(Comparator.naturalOrder());
    }
}
