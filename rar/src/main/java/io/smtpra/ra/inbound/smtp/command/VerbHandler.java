package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;

/** The handler of one verb. It is asked once the rules of the command table have let the command pass. */
public interface VerbHandler extends CommandHandler<SmtpSession> {

    Verb verb();

    /** What is said when its extension is switched off. */
    default SmtpReply whenSwitchedOff() {
        return SmtpReplies.NOT_IMPLEMENTED;
    }

    /** Refuses a command on behalf of the rules; {@code BDAT} reads its octets first. */
    default Response refuse(SmtpSession session, Request request, SmtpReply reply) {
        return reply;
    }

    @Override
    default Collection<String> getImplCommands() {
        return List.of(verb().name());
    }
}
