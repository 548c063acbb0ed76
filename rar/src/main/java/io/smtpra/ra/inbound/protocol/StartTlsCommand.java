package io.smtpra.ra.inbound.protocol;

import io.smtpra.Reply;
import io.smtpra.ra.tls.StartTlsPolicy;
import java.util.Optional;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code STARTTLS} (RFC 3207). */
final class StartTlsCommand implements VerbHandler {

    private final ProtocolContext context;

    StartTlsCommand(ProtocolContext context) {
        this.context = context;
    }

    @Override
    public Verb verb() {
        return Verb.STARTTLS;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        if (session.transport().isTLSStarted()) {
            return Replies.TLS_ACTIVE;
        }
        if (session.rules().startTls() == StartTlsPolicy.DISABLED) {
            return Replies.NOT_IMPLEMENTED;
        }
        if (!request.getArgument().isEmpty()) {
            return Replies.NO_ARGUMENT;
        }
        if (!session.transport().isStartTLSSupported()) {
            return Replies.TLS_NOT_AVAILABLE;
        }
        for (StartTlsHook hook : context.ports().startTlsHooks()) {
            Optional<Reply> refusal = hook.beforeStartTls(session.peer());
            if (refusal.isPresent()) {
                return SmtpReply.from(refusal.get());
            }
        }
        return Replies.READY_FOR_TLS;
    }
}
