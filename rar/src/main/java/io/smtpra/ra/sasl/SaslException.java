package io.smtpra.ra.sasl;

/** An exchange cannot go on: the server's challenge is wrong, or the server is not who it should be. */
public final class SaslException extends Exception {

    private static final long serialVersionUID = 1L;

    /** An exchange that failed by itself. */
    public SaslException(String message) {
        super(message);
    }

    /** An exchange that something else ended. */
    public SaslException(String message, Throwable cause) {
        super(message, cause);
    }
}
