package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** {@code ETRN} (RFC 1985), which James does not have. */
public final class EtrnHandler implements CommandHandler<SMTPSession>, EhloExtension {

    private final ProtocolContext context;
    private final DirectoryQuestion question;

    public EtrnHandler(ProtocolContext context, Directory directory) {
        this.context = context;
        question = new DirectoryQuestion(false, directory::startQueue);
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of(Verb.ETRN.name());
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        return question.ask(session, request.getArgument());
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return context.config().isOn(Verb.ETRN) ? List.of("ETRN") : List.of();
    }
}
