package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import java.time.Duration;
import java.util.Set;
import org.apache.james.protocols.api.Response;

/**
 * The last word on each answer: counts a refusal for good, and holds the answer back or ends the session when there
 * were too many. The listener asks it once for each answer, when it is known.
 */
public final class AnswerPolicy {

    /** Whoever is sent away like this too often is not let in for a time. */
    private static final Set<SmtpReply> OFFENCES = Set.of(SmtpReplies.TOO_MANY_ERRORS,
            SmtpReplies.TOO_MANY_UNKNOWN_RECIPIENTS, SmtpReplies.TOO_MANY_AUTH_FAILURES);

    private AnswerPolicy() {}

    /** The answer of a handler that is not ours becomes a reply of ours, unless it is no answer. */
    public static Response settle(SmtpSession session, Response response) {
        Response reply = response instanceof SmtpReply ? response : HookReply.adopted(response);
        return reply instanceof SmtpReply ours ? settle(session, ours) : response;
    }

    private static Response settle(SmtpSession session, SmtpReply reply) {
        SessionBudget budget = session.budget();
        if (reply.isPermanentRefusal()) {
            budget.error();
        } else if (reply.code() >= 400) {
            budget.refusalForNow();
        }
        SmtpReply last = reply.isEndSession() ? reply : budget.exhausted().orElse(reply);
        if (last.isEndSession() && last.code() >= 400) {
            MailLog.ended(session, last);
            if (OFFENCES.contains(last)) {
                session.transport().offence();
            }
        }
        if (reply.isEndSession()) {
            return reply;
        }
        Duration delay = budget.delay();
        return delay.isZero() || reply.code() < 400 ? last : session.later(delay, last);
    }
}
