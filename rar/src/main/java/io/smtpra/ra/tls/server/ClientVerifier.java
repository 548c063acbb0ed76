package io.smtpra.ra.tls.server;

import io.smtpra.ra.tls.TlsProperty;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks the certificates of clients. Where they are only requested, a certificate that is not trusted must not end the
 * handshake, for many mail servers show one unasked; the reason is then kept in the session.
 */
final class ClientVerifier extends X509ExtendedTrustManager {

    private static final String REASON = ClientVerifier.class.getName();
    /** How a server authenticates in TLS 1.3, and so what a signing key is checked for. */
    private static final String ANY_SIGNATURE = "UNKNOWN";
    private static final String NONE = "";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final String EVERY_PURPOSE = "2.5.29.37.0";

    /** One of the ways to ask the delegate. */
    private interface Check {

        void run() throws CertificateException;
    }

    private final X509ExtendedTrustManager delegate;
    private final boolean refuse;
    private final CertificatePurpose purpose;
    private final X509Certificate[] acceptedIssuers;

    /**
     * A verifier.
     *
     * @param delegate who knows
     * @param refuse whether a certificate that is not trusted ends the handshake
     * @param nameIssuers whether clients are told whose certificates are trusted; not for a list as long as the JVM's
     */
    ClientVerifier(X509ExtendedTrustManager delegate, boolean refuse, CertificatePurpose purpose, boolean nameIssuers) {
        this.delegate = delegate;
        this.refuse = refuse;
        this.purpose = purpose;
        this.acceptedIssuers = nameIssuers ? delegate.getAcceptedIssuers() : new X509Certificate[0];
    }

    /**
     * What tells one way to check from another: a session whose client was checked in one way is not resumed in
     * another. 32 octets.
     */
    static byte[] digest(Optional<ClientVerifier> verifier) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (verifier.isPresent()) {
                ClientVerifier check = verifier.get();
                digest.update((check.purpose + " " + check.refuse).getBytes(StandardCharsets.US_ASCII));
                for (X509Certificate issuer : check.delegate.getAcceptedIssuers()) {
                    digest.update(issuer.getEncoded());
                }
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Why the chain that a client has shown in this session is not trusted; absent: it is, or there is none. */
    Optional<String> refusal(SSLSession session, List<X509Certificate> chain) {
        if (chain.isEmpty() || refuse) {
            return Optional.empty();
        }
        // OpenSSL brings a session back without what was kept in it.
        String reason = session.getValue(REASON) instanceof String kept ? kept : reasonNow(chain);
        return Optional.of(reason).filter(text -> !text.equals(NONE));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        Check asClient = () -> delegate.checkClientTrusted(chain, authType, engine);
        Check asServer = () -> delegate.checkServerTrusted(chain, ANY_SIGNATURE, engine);
        if (refuse) {
            check(chain[0], asClient, asServer);
        } else {
            engine.getHandshakeSession().putValue(REASON, reason(chain[0], asClient, asServer));
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain[0], () -> delegate.checkClientTrusted(chain, authType),
                () -> delegate.checkServerTrusted(chain, ANY_SIGNATURE));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        delegate.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        delegate.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        delegate.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return acceptedIssuers.clone();
    }

    private String reasonNow(List<X509Certificate> chain) {
        X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
        return reason(shown[0], () -> delegate.checkClientTrusted(shown, shown[0].getPublicKey().getAlgorithm()),
                () -> delegate.checkServerTrusted(shown, ANY_SIGNATURE));
    }

    private String reason(X509Certificate certificate, Check asClient, Check asServer) {
        try {
            check(certificate, asClient, asServer);
            return NONE;
        } catch (CertificateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A certificate that is good but for its purpose is told so, for nothing in it looks wrong. */
    private void check(X509Certificate certificate, Check asClient, Check asServer) throws CertificateException {
        if (!isForServersAlone(certificate)) {
            asClient.run();
        } else if (purpose == CertificatePurpose.ANY) {
            asServer.run();
        } else {
            checkPurpose(asClient, asServer);
        }
    }

    private static void checkPurpose(Check asClient, Check asServer) throws CertificateException {
        try {
            asClient.run();
        } catch (CertificateException e) {
            throw passes(asServer)
                    ? new CertificateException("it was issued for a server and not for a client, and "
                            + TlsProperty.CLIENT_CERTIFICATE_PURPOSE.propertyName() + " is client", e)
                    : e;
        }
    }

    /** RFC 5280 section 4.2.1.12: a certificate that names no purpose has every. */
    private static boolean isForServersAlone(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(SERVER)
                    && !purposes.contains(CLIENT) && !purposes.contains(EVERY_PURPOSE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean passes(Check check) {
        try {
            check.run();
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
