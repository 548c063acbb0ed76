package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.smtp.content.MailFate;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.hosting.HookQueue;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.log.SessionMessages;
import java.util.List;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.core.DataCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResultHook;
import org.apache.james.protocols.smtp.hook.MessageHook;

/**
 * Asks the message hooks once a mail has been received whole, by {@code DATA} or {@code BDAT}. Stands where James has
 * its {@code DataLineMessageHookHandler}, which takes the content line by line.
 */
public final class MessageHooks implements ProtocolHandler, ExtensibleHandler, MailFate {

    private static final AttachmentKey<ReceivedMail> MAIL =
            AttachmentKey.of("io.smtpra.ReceivedMail", ReceivedMail.class);

    private final HookQueue<MessageHook> hooks;

    public MessageHooks(HookCalls calls) {
        hooks = new HookQueue<>(MessageHook.class, calls);
    }

    /** The mail whose hooks are asked now. */
    static ReceivedMail mail(SmtpSession session) {
        return session.getAttachment(MAIL, State.Transaction).orElseThrow();
    }

    /** It has another form from now on: with headers of ours, say. */
    static void replace(SmtpSession session, ReceivedMail mail) {
        session.setAttachment(MAIL, mail, State.Transaction);
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(MessageHook.class, HookResultHook.class);
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> extensions) {
        hooks.wire(type, extensions);
    }

    @Override
    public Response decide(SmtpSession session, ReceivedMail mail) {
        MailEnvelope envelope = new ReceivedEnvelope(session, () -> mail(session));
        replace(session, mail);
        session.setAttachment(DataCmdHandler.MAILENV, envelope, State.Transaction);
        Response answer = hooks.askForAnswer(session,
                hook -> hook.onMessage(session, envelope),
                (hook, reply) -> taken(session, mail, hook, reply),
                () -> SmtpReplies.delivered(mail.id()));
        // the delivery closes it too; what no hook let through to it is closed here alone
        if (answer instanceof DeferredResponse deferred) {
            return new DeferredResponse(deferred.reply().whenComplete((reply, failure) -> mail.content().close()));
        }
        mail.content().close();
        return answer;
    }

    /** To the letter: who says OK has taken the mail, and no bean gets it. */
    private static Response taken(SmtpSession session, ReceivedMail mail, MessageHook hook, SmtpReply reply) {
        SessionMessages.LOG.mailTakenByHook(session.getSessionID(), mail.id(), hook.getClass().getName());
        return reply;
    }
}
