package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.Peer;
import io.smtpra.StartTlsHook;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;

/** {@code STARTTLS} (RFC 3207). Asks each {@link StartTlsHook} of the chain. */
public final class StartTlsHandler extends StartTlsCmdHandler implements ExtensibleHandler {

    private final HookCalls calls;
    private List<StartTlsHook> hooks = List.of();

    public StartTlsHandler(HookCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(StartTlsHook.class);
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> extensions) {
        hooks = extensions.stream().map(StartTlsHook.class::cast).toList();
    }

    @Override
    public Response onCommand(SMTPSession hosted, Request request) {
        SmtpSession session = (SmtpSession) hosted;
        if (session.isTLSStarted()) {
            return SmtpReplies.TLS_ACTIVE;
        }
        if (session.rules().startTls() == StartTlsPolicy.DISABLED) {
            return SmtpReplies.NOT_IMPLEMENTED;
        }
        if (!request.getArgument().isEmpty()) {
            return SmtpReplies.NO_ARGUMENT;
        }
        if (!session.isStartTLSSupported()) {
            return SmtpReplies.TLS_NOT_AVAILABLE;
        }
        return ask(session, session.peer(), hooks.iterator());
    }

    private Response ask(SmtpSession session, Peer peer, Iterator<StartTlsHook> asked) {
        if (!asked.hasNext()) {
            return SmtpReplies.READY_FOR_TLS;
        }
        StartTlsHook hook = asked.next();
        Supplier<Optional<SmtpReply>> question = () -> hook.beforeStartTls(peer).map(SmtpReply::from);
        return session.whenDone(calls.ask(session, hook, question, Optional.of(SmtpReplies.TLS_NOT_AVAILABLE)),
                refusal -> refusal.isPresent() ? refusal.get() : ask(session, peer, asked));
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return ((SmtpSession) session).rules().startTls() == StartTlsPolicy.DISABLED
                ? List.of() : super.getImplementedEsmtpFeatures(session);
    }
}
