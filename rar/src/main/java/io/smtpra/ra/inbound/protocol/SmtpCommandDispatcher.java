package io.smtpra.ra.inbound.protocol;

import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;

/** James' dispatcher with our way of taking a line apart, and with our policy behind every answer. */
final class SmtpCommandDispatcher extends CommandDispatcher<SmtpSession> {

    private final ProtocolContext context;
    private final AnswerPolicy policy;

    SmtpCommandDispatcher(ProtocolContext context) {
        super(List.of());
        this.context = context;
        this.policy = new AnswerPolicy(context);
    }

    @Override
    public Response onLine(SmtpSession session, byte[] line) {
        if (session.entersTls()) {
            session.forgetAll();
            context.ports().startTlsHooks().forEach(hook -> hook.tlsStarted(session.peer()));
        }
        return super.onLine(session, line);
    }

    @Override
    protected Request parseRequest(SmtpSession session, byte[] line) {
        return CommandLine.parse(line);
    }

    @Override
    protected Response dispatchCommandHandlers(SmtpSession session, Request request) {
        return policy.settle(session, super.dispatchCommandHandlers(session, request));
    }
}
