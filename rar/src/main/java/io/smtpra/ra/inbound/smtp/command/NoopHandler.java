package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;

/** {@code NOOP} (RFC 5321 section 4.1.1.9). */
public final class NoopHandler extends NoopCmdHandler {

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        return SmtpReplies.OK;
    }
}
