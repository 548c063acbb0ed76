package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.smtp.argument.CommandLine;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Verb.Pipelining;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;

/** James' dispatcher with our way of taking a line apart. */
final class SmtpCommandDispatcher extends CommandDispatcher<SmtpSession> {

    SmtpCommandDispatcher() {
        super(List.of());
    }

    @Override
    public Response onLine(SmtpSession session, byte[] line) {
        if (session.entersTls()) {
            session.forgetAll();
        }
        return super.onLine(session, line);
    }

    @Override
    protected Request parseRequest(SmtpSession session, byte[] line) {
        return CommandLine.parse(line);
    }

    @Override
    protected Response dispatchCommandHandlers(SmtpSession session, Request request) {
        Response answer = super.dispatchCommandHandlers(session, request);
        return isContentBehind(session, (CommandLine) request) ? closing(answer) : answer;
    }

    private static boolean isContentBehind(SmtpSession session, CommandLine line) {
        return line.verb().isPresent() && line.verb().get().pipelining() == Pipelining.WITH_CONTENT
                && session.transport().hasPipelinedInput();
    }

    /** A content that has been sent already, and will not be taken: its lines must not be run as commands. */
    private static Response closing(Response answer) {
        if (answer instanceof DeferredResponse deferred) {
            return new DeferredResponse(deferred.reply().thenApply(SmtpCommandDispatcher::closing));
        }
        return answer instanceof SmtpReply refusal ? refusal.closing() : answer;
    }
}
