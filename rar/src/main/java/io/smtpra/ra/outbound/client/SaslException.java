package io.smtpra.ra.outbound.client;

/** An exchange cannot go on: the server's challenge is wrong, or the server is not who it should be. */
final class SaslException extends Exception {

    private static final long serialVersionUID = 1L;

    SaslException(String message) {
        super(message);
    }

    SaslException(String message, Throwable cause) {
        super(message, cause);
    }
}
