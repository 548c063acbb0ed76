package io.smtpra.ra.inbound.protocol;

import io.smtpra.ra.inbound.listener.LineFault;
import io.smtpra.ra.inbound.listener.LineFaultHandler;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;

/** Answers, and counts, lines that the listener could not make a line of. An AUTH exchange ends with such a line. */
final class LineFaults implements LineFaultHandler {

    private final AnswerPolicy policy;

    LineFaults(ProtocolContext context) {
        policy = new AnswerPolicy(context);
    }

    @Override
    public Response onLineFault(ProtocolSession faulty, LineFault fault) {
        SmtpSession session = (SmtpSession) faulty;
        SmtpReply reply = fault == LineFault.TOO_LONG ? Replies.LINE_TOO_LONG : Replies.BARE_CR_OR_LF;
        Response answer = session.attempt()
                .map(attempt -> attempt.fail(session, fault == LineFault.TOO_LONG ? Replies.AUTH_TOO_LONG : reply))
                .orElse(reply);
        return policy.settle(session, answer);
    }
}
