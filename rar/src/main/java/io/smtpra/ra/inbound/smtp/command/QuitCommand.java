package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code QUIT} (RFC 5321 section 4.1.1.10). */
public final class QuitCommand implements VerbHandler {

    @Override
    public Verb verb() {
        return Verb.QUIT;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        return request.getArgument().isEmpty() ? SmtpReplies.BYE : SmtpReplies.NO_ARGUMENT;
    }
}
