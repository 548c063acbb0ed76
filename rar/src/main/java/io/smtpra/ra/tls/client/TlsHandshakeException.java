package io.smtpra.ra.tls.client;

import java.io.IOException;

/** A handshake with a server failed; the message says with whom and why. The connection is closed. */
public final class TlsHandshakeException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The server's certificate did not pass the check. */
        CERTIFICATE,
        /** The server did not finish in time. */
        TIMEOUT,
        /** Anything else: no version or cipher suite in common, no TLS at all, connection lost. */
        PROTOCOL
    }

    private final Reason reason;

    TlsHandshakeException(Reason reason, String message, IOException cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
