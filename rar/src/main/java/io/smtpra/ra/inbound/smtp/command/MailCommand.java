package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.AddressSyntax;
import io.smtpra.Mailbox;
import io.smtpra.ra.inbound.smtp.argument.MailParameters;
import io.smtpra.ra.inbound.smtp.argument.Parameters;
import io.smtpra.ra.inbound.smtp.argument.PathArgument;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.SenderRule;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.MailLog;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.Sender;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code MAIL} (RFC 5321 section 4.1.1.2). */
public final class MailCommand implements VerbHandler {

    private final ProtocolContext context;
    private final MailParameters parameters;
    private final Supplier<String> ids;

    public MailCommand(ProtocolContext context, Supplier<String> ids) {
        this.context = context;
        this.parameters = new MailParameters(context.config());
        this.ids = ids;
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
            session.begin(new MailTransaction(ids.get(), sender));
            return SmtpReplies.SENDER_OK;
        } catch (Refusal refusal) {
            MailLog.refused(session, request.getArgument(), refusal.reply());
            return refusal.reply();
        }
    }

    private Sender sender(SmtpSession session, String text) throws Refusal {
        AddressSyntax addresses = context.config().addressSyntax();
        PathArgument argument = PathArgument.parse(
                text, "FROM:", addresses, SmtpReplies.MAIL_SYNTAX, SmtpReplies.BAD_SENDER);
        Optional<Mailbox> reversePath = argument.isNull()
                ? Optional.empty()
                : Optional.of(argument.mailbox(addresses).orElseThrow(() -> new Refusal(SmtpReplies.BAD_SENDER)));
        Sender sender = parameters.read(session, reversePath, Parameters.parse(argument.parameters()),
                argument.isAscii());
        if (!isAllowed(session, reversePath)) {
            throw new Refusal(SmtpReplies.NOT_YOUR_ADDRESS);
        }
        if (!session.budget().hasTransactionsLeft()) {
            throw new Refusal(SmtpReplies.TOO_MANY_TRANSACTIONS);
        }
        return sender;
    }

    private boolean isAllowed(SmtpSession session, Optional<Mailbox> reversePath) {
        if (context.config().senderRule() == SenderRule.NONE || session.user().isEmpty() || reversePath.isEmpty()) {
            return true;
        }
        String user = session.user().get();
        Mailbox sender = reversePath.get();
        return user.indexOf('@') < 0 ? user.equalsIgnoreCase(sender.localPart()) : names(user, sender);
    }

    private static boolean names(String user, Mailbox sender) {
        try {
            Mailbox own = Mailbox.parse(user);
            return own.localPart().equalsIgnoreCase(sender.localPart())
                    && own.asciiDomain().equals(sender.asciiDomain());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
