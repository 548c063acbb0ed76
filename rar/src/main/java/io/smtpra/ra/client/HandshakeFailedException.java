package io.smtpra.ra.client;

import io.smtpra.SmtpException;
import java.io.IOException;

/** The handshake failed, and the connection with it. It may pass when a certificate has been renewed. */
final class HandshakeFailedException extends SmtpException {

    private static final long serialVersionUID = 1L;

    HandshakeFailedException(String message, IOException cause) {
        super(Phase.TLS, message, true, cause);
    }
}
