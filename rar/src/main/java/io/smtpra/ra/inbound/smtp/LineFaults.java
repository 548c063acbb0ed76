package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.listener.framing.LineFault;
import io.smtpra.ra.inbound.listener.protocol.LineFaultHandler;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;

/** Answers lines that the listener could not make a line of. An AUTH exchange ends with such a line. */
final class LineFaults implements LineFaultHandler {

    @Override
    public Response onLineFault(ProtocolSession faulty, LineFault fault) {
        SmtpSession session = (SmtpSession) faulty;
        SmtpReply reply = switch (fault) {
            case TOO_LONG -> SmtpReplies.LINE_TOO_LONG;
            case BARE_CR -> SmtpReplies.BARE_CR;
            case BARE_LF -> SmtpReplies.BARE_LF;
        };
        return session.dialogue().map(dialogue -> dialogue.faulty(fault == LineFault.TOO_LONG, reply)).orElse(reply);
    }
}
