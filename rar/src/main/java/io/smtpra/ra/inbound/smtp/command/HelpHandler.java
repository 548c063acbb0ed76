package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.HelpCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** {@code HELP} (RFC 5321 section 4.1.1.8): the command table, or one line of it. */
public final class HelpHandler extends HelpCmdHandler implements EhloExtension {

    private final ProtocolContext context;

    public HelpHandler(ProtocolContext context) {
        this.context = context;
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        String topic = request.getArgument();
        if (!topic.isEmpty()) {
            return Verb.named(topic)
                    .map(verb -> SmtpReply.of(214, "2.0.0", verb.syntax()))
                    .orElse(SmtpReplies.NO_HELP);
        }
        List<String> lines = new ArrayList<>(List.of("Commands:"));
        Arrays.stream(Verb.values()).filter(context.config()::isOn).forEach(verb -> lines.add(verb.syntax()));
        return SmtpReply.of(214, "2.0.0", lines);
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return context.config().isOn(Verb.HELP) ? List.of("HELP") : List.of();
    }
}
