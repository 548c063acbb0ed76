package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.ra.inbound.smtp.argument.EsmtpParameters;
import io.smtpra.ra.inbound.smtp.argument.PathArgument;
import io.smtpra.ra.inbound.smtp.argument.RcptParameters;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.hosting.HookQueue;
import io.smtpra.ra.inbound.smtp.hosting.HostedCommand;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.MailLog;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.RcptCmdHandler;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * {@code RCPT} (RFC 5321 section 4.1.1.3). Its parameters are those that {@link RcptHook}s claim; one that nobody
 * claims is refused.
 */
public final class RcptHandler extends RcptCmdHandler {

    private final HookQueue<RcptHook> hooks;
    private final ProtocolContext context;
    private final RcptParameters reader;
    private final Set<String> claimed = new HashSet<>();

    public RcptHandler(ProtocolContext context, HookCalls calls) {
        super(HostedCommand.NO_METRICS);
        this.hooks = new HookQueue<>(RcptHook.class, calls);
        this.context = context;
        this.reader = new RcptParameters(context.config());
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> found) {
        hooks.wire(type, found);
        hooks.hooks().forEach(hook ->
                hook.supportedParameters().forEach(name -> claimed.add(name.toUpperCase(Locale.ROOT))));
    }

    @Override
    public Response onCommand(SMTPSession hosted, Request request) {
        SmtpSession session = (SmtpSession) hosted;
        MailTransaction transaction = session.transaction().orElseThrow();
        if (transaction.content().isPresent()) {
            return SmtpReplies.BDAT_BEGUN;
        }
        try {
            PathArgument path = PathArgument.parse(
                    request.getArgument(), "TO:", context.config().addressSyntax(), SmtpReplies.RCPT_SYNTAX,
                    SmtpReplies.BAD_RECIPIENT);
            Map<String, String> parameters = new LinkedHashMap<>();
            Recipient recipient = read(session, path, parameters);
            return add(session, transaction, recipient, parameters);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Recipient read(SmtpSession session, PathArgument path, Map<String, String> parameters) throws Refusal {
        Mailbox mailbox = path.isPostmaster()
                ? new Mailbox(path.path(), context.config().hostName())
                : path.mailbox(context.config().addressSyntax())
                        .orElseThrow(() -> new Refusal(SmtpReplies.BAD_RECIPIENT));
        EsmtpParameters given = EsmtpParameters.parse(path.parameters());
        for (String name : given.keywords()) {
            if (!session.isExtended() || !claimed.contains(name)) {
                throw new Refusal(SmtpReplies.UNKNOWN_PARAMETER);
            }
            parameters.put(name, given.text(name));
        }
        return reader.read(session, mailbox, given, path.isAscii());
    }

    private Response add(SmtpSession session, MailTransaction transaction, Recipient recipient,
            Map<String, String> parameters) {
        if (transaction.has(recipient.mailbox())) {
            session.budget().junk();
            return SmtpReplies.RECIPIENT_OK;
        }
        if (transaction.recipientCount() >= session.limits().maxRecipients()) {
            return SmtpReplies.TOO_MANY_RECIPIENTS;
        }
        session.considers(recipient);
        Response answer = hooks.ask(session,
                hook -> hook.doRcpt(session,
                        session.getAttachment(SMTPSession.SENDER, State.Transaction).orElseThrow(),
                        session.getAttachment(CURRENT_RECIPIENT, State.Transaction).orElseThrow(), parameters),
                () -> accepted(session, transaction));
        return SmtpSession.then(answer, said -> settled(session, transaction, recipient, (SmtpReply) said));
    }

    /** The recipient is the one that the hooks have left. */
    private static Response accepted(SmtpSession session, MailTransaction transaction) {
        transaction.add(session.recipient().orElseThrow());
        return SmtpReplies.RECIPIENT_OK;
    }

    private static SmtpReply settled(
            SmtpSession session, MailTransaction transaction, Recipient recipient, SmtpReply reply) {
        if (reply.isPermanentRefusal()) {
            session.budget().unknownRecipient();
        }
        if (!reply.isPositive()) {
            MailLog.refused(session, transaction, recipient.mailbox(), reply);
        }
        return reply;
    }
}
