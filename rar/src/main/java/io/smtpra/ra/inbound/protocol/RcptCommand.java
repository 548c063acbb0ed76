package io.smtpra.ra.inbound.protocol;

import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import java.util.Optional;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code RCPT} (RFC 5321 section 4.1.1.3). */
final class RcptCommand implements VerbHandler {

    private final ProtocolContext context;
    private final RcptParameters parameters;

    RcptCommand(ProtocolContext context) {
        this.context = context;
        this.parameters = new RcptParameters(context.config());
    }

    @Override
    public Verb verb() {
        return Verb.RCPT;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        Transaction transaction = session.transaction().orElseThrow();
        if (transaction.content().isPresent()) {
            return Replies.BDAT_BEGUN;
        }
        try {
            PathArgument argument = PathArgument.parse(
                    request.getArgument(), "TO:", Replies.RCPT_SYNTAX, Replies.BAD_RECIPIENT);
            Recipient recipient = parameters.read(
                    session, mailbox(argument), Parameters.parse(argument.parameters()));
            // also the parameters: an ORCPT in UTF-8 is a thing of SMTPUTF8 (RFC 6533 section 3)
            if (!transaction.sender().smtpUtf8() && !request.getArgument().chars().allMatch(c -> c < 128)) {
                return Replies.UTF8_NEEDED;
            }
            return add(session, transaction, recipient);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Mailbox mailbox(PathArgument argument) throws Refusal {
        if (argument.isPostmaster()) {
            return new Mailbox(argument.path(), context.config().hostName());
        }
        return argument.mailbox().orElseThrow(() -> new Refusal(Replies.BAD_RECIPIENT));
    }

    private Response add(SmtpSession session, Transaction transaction, Recipient recipient) {
        if (transaction.has(recipient.mailbox())) {
            session.budget().junk();
            return Replies.RECIPIENT_OK;
        }
        if (transaction.recipientCount() >= context.config().limits().maxRecipients()) {
            return Replies.TOO_MANY_RECIPIENTS;
        }
        return session.whenDone(
                context.ports().gate().check(session.peer(), transaction.sender().reversePath(), recipient),
                refusal -> answer(session, transaction, recipient, refusal));
    }

    private static SmtpReply answer(
            SmtpSession session, Transaction transaction, Recipient recipient, Optional<Reply> refusal) {
        if (refusal.isEmpty()) {
            transaction.add(recipient);
            return Replies.RECIPIENT_OK;
        }
        SmtpReply reply = SmtpReply.from(refusal.get());
        if (reply.isPermanentRefusal()) {
            session.budget().unknownRecipient();
        }
        MailLog.refused(session, transaction, recipient.mailbox(), reply);
        return reply;
    }
}
