package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.VrfyCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** {@code VRFY} (RFC 5321 section 3.5). */
public final class VrfyHandler extends VrfyCmdHandler implements EhloExtension {

    private final ProtocolContext context;
    private final DirectoryQuestion question;

    public VrfyHandler(ProtocolContext context, Directory directory) {
        this.context = context;
        question = new DirectoryQuestion(context.config().isOn(Extension.SMTP_UTF8), directory::verify);
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        return question.ask(session, request.getArgument());
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return context.config().isOn(Verb.VRFY) ? List.of("VRFY") : List.of();
    }
}
