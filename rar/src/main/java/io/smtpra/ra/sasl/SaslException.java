package io.smtpra.ra.sasl;

/** An exchange cannot go on: the server's challenge is wrong, or the server is not who it should be. */
public final class SaslException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** An exchange that failed by itself. */
    public SaslException(String message) {
        this(message, false, null);
    }

    /** An exchange that something else ended. */
    public SaslException(String message, Throwable cause) {
        this(message, false, cause);
    }

    private SaslException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** An exchange that could not begin for now. */
    public static SaslException passing(String message, Throwable cause) {
        return new SaslException(message, true, cause);
    }

    /** Whether it may go better another time. */
    public boolean isPassing() {
        return passing;
    }
}
