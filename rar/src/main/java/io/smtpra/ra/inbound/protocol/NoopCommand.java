package io.smtpra.ra.inbound.protocol;

import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code NOOP}, whatever its argument (RFC 5321 section 4.1.1.9). */
final class NoopCommand implements VerbHandler {

    @Override
    public Verb verb() {
        return Verb.NOOP;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        return Replies.OK;
    }
}
