package io.smtpra.ra.inbound.protocol;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;

/** The handler of one verb. It is asked once {@link CommandRules} has let the command pass. */
interface VerbHandler extends CommandHandler<SmtpSession> {

    Verb verb();

    /** What is said when its extension is switched off. */
    default SmtpReply whenSwitchedOff() {
        return Replies.NOT_IMPLEMENTED;
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
