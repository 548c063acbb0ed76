package io.smtpra.ra.inbound.protocol;

import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code QUIT} (RFC 5321 section 4.1.1.10). */
final class QuitCommand implements VerbHandler {

    @Override
    public Verb verb() {
        return Verb.QUIT;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        return request.getArgument().isEmpty() ? Replies.BYE : Replies.NO_ARGUMENT;
    }
}
