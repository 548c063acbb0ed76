package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code RSET} (RFC 5321 section 4.1.1.5). */
public final class RsetCommand implements VerbHandler {

    @Override
    public Verb verb() {
        return Verb.RSET;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        if (!request.getArgument().isEmpty()) {
            return SmtpReplies.NO_ARGUMENT;
        }
        session.endTransaction("RSET");
        return SmtpReplies.OK;
    }
}
