package io.smtpra;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a TLS handshake came to, on either side.
 *
 * @param protocol the protocol version, as {@code TLSv1.3}
 * @param cipherSuite the cipher suite by its IANA name, as {@code TLS_AES_256_GCM_SHA384}
 * @param peerCertificates the other side's certificate chain, its own certificate first; empty if it showed none
 * @param peerVerified whether that chain was checked against trusted certificates and passed
 */
public record TlsFacts(
        String protocol, String cipherSuite, List<X509Certificate> peerCertificates, boolean peerVerified) {

    /** Copies the chain and refuses nulls. */
    public TlsFacts {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(cipherSuite, "cipherSuite");
        peerCertificates = List.copyOf(peerCertificates);
    }

    /**
     * Whom the other side's certificate is for.
     *
     * @return the distinguished name as RFC 2253 writes it, absent if it showed no certificate
     */
    public Optional<String> peerSubject() {
        return peerCertificates.stream().findFirst()
                .map(certificate -> certificate.getSubjectX500Principal().getName());
    }
}
