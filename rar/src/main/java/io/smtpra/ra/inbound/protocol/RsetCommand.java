package io.smtpra.ra.inbound.protocol;

import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code RSET} (RFC 5321 section 4.1.1.5). */
final class RsetCommand implements VerbHandler {

    @Override
    public Verb verb() {
        return Verb.RSET;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        if (!request.getArgument().isEmpty()) {
            return Replies.NO_ARGUMENT;
        }
        session.endTransaction("RSET");
        return Replies.OK;
    }
}
