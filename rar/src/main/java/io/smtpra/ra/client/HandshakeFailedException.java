package io.smtpra.ra.client;

import io.smtpra.SmtpException;
import io.smtpra.ra.tls.client.TlsHandshakeException;
import java.io.IOException;

/** The handshake failed, and the connection with it. It may pass when a certificate has been renewed. */
final class HandshakeFailedException extends SmtpException {

    private static final long serialVersionUID = 1L;

    HandshakeFailedException(String message, IOException cause) {
        super(Phase.TLS, message, true, cause);
    }

    /** Whether the peer's certificate did not pass the check: perhaps it is not who it should be. */
    boolean isOfCertificate() {
        return getCause() instanceof TlsHandshakeException handshake
                && handshake.reason() == TlsHandshakeException.Reason.CERTIFICATE;
    }
}
