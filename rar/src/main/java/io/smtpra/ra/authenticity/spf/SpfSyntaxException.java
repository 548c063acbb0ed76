package io.smtpra.ra.authenticity.spf;

/** A record is not written as RFC 7208 section 12 has it: a permerror. Its message says what is wrong. */
final class SpfSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    SpfSyntaxException(String message) {
        super(message, null, false, false);
    }
}
