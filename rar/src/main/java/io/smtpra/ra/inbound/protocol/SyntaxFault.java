package io.smtpra.ra.inbound.protocol;

/** An argument is not what it must be. Thrown and caught within one command; carries the reply. */
final class SyntaxFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SmtpReply reply;

    SyntaxFault(SmtpReply reply) {
        // thrown at the client's will: without the cost of a stack trace
        super(reply.toString(), null, false, false);
        this.reply = reply;
    }

    SmtpReply reply() {
        return reply;
    }
}
