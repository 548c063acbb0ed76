package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;

/** {@code RSET} (RFC 5321 section 4.1.1.5). */
public final class RsetHandler extends RsetCmdHandler {

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (!request.getArgument().isEmpty()) {
            return SmtpReplies.NO_ARGUMENT;
        }
        ((SmtpSession) session).endTransaction("RSET");
        session.resetState();
        return SmtpReplies.OK;
    }
}
