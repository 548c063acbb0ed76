package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.ra.inbound.listener.ContentResponse;
import io.smtpra.ra.inbound.listener.DeferredResponse;
import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;

/**
 * The last word on each answer: counts a refusal for good, and holds the answer back or ends the session when there
 * were too many; leaves enhanced status codes out where they are switched off.
 */
public final class AnswerPolicy {

    private final ProtocolContext context;

    public AnswerPolicy(ProtocolContext context) {
        this.context = context;
    }

    public Response settle(SmtpSession session, Response response) {
        if (response instanceof DeferredResponse deferred) {
            CompletionStage<Response> settled =
                    deferred.reply().thenCompose(late -> SmtpSession.stage(settle(session, late)));
            return new DeferredResponse(settled);
        }
        if (response instanceof SmtpReply reply) {
            return settle(session, reply);
        }
        boolean foreign = response != null
                && !(response instanceof ContentResponse) && !(response instanceof StartTlsResponse);
        return foreign && HookReply.adopted(response) instanceof SmtpReply adopted ? settle(session, adopted) : response;
    }

    private Response settle(SmtpSession session, SmtpReply reply) {
        SessionBudget budget = session.budget();
        if (reply.isPermanentRefusal()) {
            budget.error();
        } else if (reply.code() >= 400) {
            budget.refusalForNow();
        }
        SmtpReply last = reply.isEndSession() ? reply : budget.exhausted().orElse(reply);
        SmtpReply answer = context.render(last);
        if (last.isEndSession() && last.code() >= 400) {
            MailLog.ended(session, last);
        }
        if (reply.isEndSession()) {
            return answer;
        }
        Duration delay = budget.delay();
        return delay.isZero() || reply.code() < 400 ? answer : session.later(delay, answer);
    }
}
