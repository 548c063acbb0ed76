package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.argument.Parameters;
import io.smtpra.ra.inbound.smtp.argument.PathArgument;
import io.smtpra.ra.inbound.smtp.argument.RcptParameters;
import io.smtpra.ra.inbound.smtp.hook.RecipientGate;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.MailLog;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code RCPT} (RFC 5321 section 4.1.1.3). */
public final class RcptCommand implements VerbHandler {

    private final ProtocolContext context;
    private final RcptParameters parameters;
    private final RecipientGate gate;

    public RcptCommand(ProtocolContext context, RecipientGate gate) {
        this.context = context;
        this.parameters = new RcptParameters(context.config());
        this.gate = gate;
    }

    @Override
    public Verb verb() {
        return Verb.RCPT;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        MailTransaction transaction = session.transaction().orElseThrow();
        if (transaction.content().isPresent()) {
            return SmtpReplies.BDAT_BEGUN;
        }
        try {
            PathArgument argument = PathArgument.parse(
                    request.getArgument(), "TO:", context.config().addressSyntax(), SmtpReplies.RCPT_SYNTAX,
                    SmtpReplies.BAD_RECIPIENT);
            Recipient recipient = parameters.read(
                    session, mailbox(argument), Parameters.parse(argument.parameters()), argument.isAscii());
            return add(session, transaction, recipient);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Mailbox mailbox(PathArgument argument) throws Refusal {
        if (argument.isPostmaster()) {
            return new Mailbox(argument.path(), context.config().hostName());
        }
        return argument.mailbox(context.config().addressSyntax())
                .orElseThrow(() -> new Refusal(SmtpReplies.BAD_RECIPIENT));
    }

    private Response add(SmtpSession session, MailTransaction transaction, Recipient recipient) {
        if (transaction.has(recipient.mailbox())) {
            session.budget().junk();
            return SmtpReplies.RECIPIENT_OK;
        }
        if (transaction.recipientCount() >= context.config().limits().maxRecipients()) {
            return SmtpReplies.TOO_MANY_RECIPIENTS;
        }
        return session.whenDone(
                gate.check(session.peer(), transaction.sender().reversePath(), recipient),
                refusal -> answer(session, transaction, recipient, refusal));
    }

    private static SmtpReply answer(
            SmtpSession session, MailTransaction transaction, Recipient recipient, Optional<Reply> refusal) {
        if (refusal.isEmpty()) {
            transaction.add(recipient);
            return SmtpReplies.RECIPIENT_OK;
        }
        SmtpReply reply = SmtpReply.from(refusal.get());
        if (reply.isPermanentRefusal()) {
            session.budget().unknownRecipient();
        }
        MailLog.refused(session, transaction, recipient.mailbox(), reply);
        return reply;
    }
}
