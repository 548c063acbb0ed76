package io.smtpra.ra.inbound.smtp.reply;

/** A command is refused for its argument. Thrown and caught within that command; carries the reply. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SmtpReply reply;

    public Refusal(SmtpReply reply) {
        // thrown at the client's will: without the cost of a stack trace
        super(reply.toString(), null, false, false);
        this.reply = reply;
    }

    public SmtpReply reply() {
        return reply;
    }
}
