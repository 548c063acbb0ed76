package io.smtpra.ra.inbound.protocol;

import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code VRFY} (RFC 5321 section 4.1.1.6). */
final class VrfyCommand implements VerbHandler {

    @Override
    public Verb verb() {
        return Verb.VRFY;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        return Replies.CANNOT_VERIFY;
    }
}
