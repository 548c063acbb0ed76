package io.smtpra.ra.tls;

import io.smtpra.TlsFacts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads a TLS session. */
public final class SessionFacts {

    private SessionFacts() {
    }

    /**
     * What a handshake came to.
     *
     * @param session of the connection
     * @param verified whether the chain that the peer has shown, empty if none, was checked and is trusted
     * @return the facts
     */
    public static TlsFacts of(SSLSession session, Predicate<List<X509Certificate>> verified) {
        List<X509Certificate> chain = peerChain(session);
        return new TlsFacts(session.getProtocol(), session.getCipherSuite(), chain, verified.test(chain));
    }

    /**
     * What a handshake came to in which the peer was not asked for a certificate. To look for one all the same costs an
     * exception.
     *
     * @param session of the connection
     * @return the facts
     */
    public static TlsFacts ofNobody(SSLSession session) {
        return new TlsFacts(session.getProtocol(), session.getCipherSuite(), List.of(), false);
    }

    /**
     * The SHA-256 of a certificate.
     *
     * @param certificate the certificate
     * @return the fingerprint, as {@code openssl x509 -fingerprint -sha256} shows it
     */
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<X509Certificate> peerChain(SSLSession session) {
        try {
            return Stream.of(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
