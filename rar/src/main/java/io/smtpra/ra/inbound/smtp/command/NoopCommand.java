package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code NOOP}, whatever its argument (RFC 5321 section 4.1.1.9). */
public final class NoopCommand implements VerbHandler {

    @Override
    public Verb verb() {
        return Verb.NOOP;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        return SmtpReplies.OK;
    }
}
