package io.smtpra.ra.inbound.smtp.session;

/** Where a session stands in the order of commands (RFC 5321 section 4.1.4). */
public sealed interface SessionState {

    /** Before EHLO or HELO, also after a TLS handshake. */
    record Connected() implements SessionState {}

    /**
     * Between two mails.
     *
     * @param hello what the client said
     */
    record Greeted(Hello hello) implements SessionState {}

    /**
     * From MAIL to the end of the content.
     *
     * @param hello what the client said
     * @param transaction the mail in the making
     */
    record InTransaction(Hello hello, MailTransaction transaction) implements SessionState {}

    /**
     * What the client said at EHLO or HELO.
     *
     * @param name its name, unverified
     * @param extended whether it said EHLO, and so may use extensions
     */
    record Hello(String name, boolean extended) {}
}
