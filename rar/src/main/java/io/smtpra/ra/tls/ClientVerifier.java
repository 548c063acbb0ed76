package io.smtpra.ra.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks the certificates of clients. Where they are only requested, a certificate that is not trusted must not end the
 * handshake, for many mail servers show one unasked; the verdict is then kept in the session.
 */
final class ClientVerifier extends X509ExtendedTrustManager {

    private static final String VERDICT = ClientVerifier.class.getName();

    private final X509ExtendedTrustManager delegate;
    private final boolean refuse;
    private final X509Certificate[] acceptedIssuers;

    /**
     * A verifier.
     *
     * @param delegate who knows
     * @param refuse whether a certificate that is not trusted ends the handshake
     * @param nameIssuers whether clients are told whose certificates are trusted; not for a list as long as the JVM's
     */
    ClientVerifier(X509ExtendedTrustManager delegate, boolean refuse, boolean nameIssuers) {
        this.delegate = delegate;
        this.refuse = refuse;
        this.acceptedIssuers = nameIssuers ? delegate.getAcceptedIssuers() : new X509Certificate[0];
    }

    /** Whether the chain that a client has shown in this session is trusted. */
    boolean verified(SSLSession session, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return false;
        }
        if (refuse) {
            return true;
        }
        // OpenSSL brings a session back without what was kept in it.
        return session.getValue(VERDICT) instanceof Boolean verdict ? verdict : trustedNow(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (refuse) {
            delegate.checkClientTrusted(chain, authType, engine);
        } else {
            engine.getHandshakeSession().putValue(VERDICT, trusted(chain, authType, engine));
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        delegate.checkClientTrusted(chain, authType);
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

    private boolean trusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        try {
            delegate.checkClientTrusted(chain, authType, engine);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private boolean trustedNow(List<X509Certificate> chain) {
        try {
            delegate.checkClientTrusted(
                    chain.toArray(X509Certificate[]::new), chain.get(0).getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
