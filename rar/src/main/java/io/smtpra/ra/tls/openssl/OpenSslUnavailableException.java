package io.smtpra.ra.tls.openssl;

/** The native library can't be used here; the message says why. */
public final class OpenSslUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    OpenSslUnavailableException(String reason) {
        super(reason);
    }

    OpenSslUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
