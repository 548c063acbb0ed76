package io.smtpra.ra.inbound.protocol;

/** A command is refused for its argument. Thrown and caught within that command; carries the reply. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SmtpReply reply;

    Refusal(SmtpReply reply) {
        // thrown at the client's will: without the cost of a stack trace
        super(reply.toString(), null, false, false);
        this.reply = reply;
    }

    SmtpReply reply() {
        return reply;
    }
}
