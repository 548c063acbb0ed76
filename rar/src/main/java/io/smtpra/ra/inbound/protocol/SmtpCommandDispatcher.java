package io.smtpra.ra.inbound.protocol;

import io.smtpra.ra.inbound.listener.DeferredResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;

/** James' dispatcher with our way of taking a line apart, and with the error budget behind every answer. */
final class SmtpCommandDispatcher extends CommandDispatcher<SmtpSession> {

    private final ProtocolContext context;

    SmtpCommandDispatcher(ProtocolContext context) {
        super(List.of());
        this.context = context;
    }

    @Override
    public Response onLine(SmtpSession session, byte[] line) {
        if (session.entersTls()) {
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
        return settle(session, super.dispatchCommandHandlers(session, request));
    }

    /** Counts a refusal for good, and holds the answer back or ends the session when there were too many. */
    private Response settle(SmtpSession session, Response response) {
        if (response instanceof DeferredResponse deferred) {
            CompletionStage<Response> settled =
                    deferred.reply().thenCompose(late -> SmtpSession.stage(settle(session, late)));
            return new DeferredResponse(settled);
        }
        if (!(response instanceof SmtpReply reply)) {
            return response;
        }
        return settle(session, reply);
    }

    private Response settle(SmtpSession session, SmtpReply reply) {
        SessionBudget budget = session.budget();
        if (reply.isPermanentRefusal()) {
            budget.error();
        }
        if (reply.isEndSession()) {
            return context.render(reply);
        }
        Response answer = context.render(budget.exhausted().orElse(reply));
        Duration delay = budget.delay();
        return delay.isZero() || reply.code() < 400
                ? answer
                : new DeferredResponse(session.transport().delay(delay).thenApply(over -> answer));
    }
}
