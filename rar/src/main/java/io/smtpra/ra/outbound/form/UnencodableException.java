package io.smtpra.ra.outbound.form;

/** A mail cannot take the form that a next hop asks for; the message says why, to stand behind a colon. */
final class UnencodableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnencodableException(String reason) {
        super(reason);
    }
}
