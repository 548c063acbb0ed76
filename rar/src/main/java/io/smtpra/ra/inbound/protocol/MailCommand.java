package io.smtpra.ra.inbound.protocol;

import io.smtpra.Mailbox;
import java.util.Optional;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code MAIL} (RFC 5321 section 4.1.1.2). */
final class MailCommand implements VerbHandler {

    private final ProtocolContext context;
    private final MailParameters parameters;

    MailCommand(ProtocolContext context) {
        this.context = context;
        this.parameters = new MailParameters(context.config());
    }

    @Override
    public Verb verb() {
        return Verb.MAIL;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        try {
            Sender sender = sender(session, request.getArgument());
            session.budget().transaction();
            session.begin(new Transaction(context.ports().ids().get(), sender));
            return Replies.SENDER_OK;
        } catch (Refusal refusal) {
            MailLog.refused(session, request.getArgument(), refusal.reply());
            return refusal.reply();
        }
    }

    private Sender sender(SmtpSession session, String text) throws Refusal {
        PathArgument argument = PathArgument.parse(text, "FROM:", Replies.MAIL_SYNTAX, Replies.BAD_SENDER);
        Optional<Mailbox> reversePath = argument.isNull()
                ? Optional.empty()
                : Optional.of(argument.mailbox().orElseThrow(() -> new Refusal(Replies.BAD_SENDER)));
        Sender sender = parameters.read(session, reversePath, Parameters.parse(argument.parameters()));
        if (!isAllowed(session, reversePath)) {
            throw new Refusal(Replies.NOT_YOUR_ADDRESS);
        }
        if (!session.budget().hasTransactionsLeft()) {
            throw new Refusal(Replies.TOO_MANY_TRANSACTIONS);
        }
        return sender;
    }

    private boolean isAllowed(SmtpSession session, Optional<Mailbox> reversePath) {
        if (context.config().senderRule() == SenderRule.NONE || session.user().isEmpty() || reversePath.isEmpty()) {
            return true;
        }
        String user = session.user().get();
        Mailbox sender = reversePath.get();
        return user.equalsIgnoreCase(user.indexOf('@') < 0 ? sender.localPart() : sender.toString());
    }
}
