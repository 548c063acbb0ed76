package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.WelcomeMessageHandler;

/** Greets (RFC 5321 section 4.3.1), but not who talks before the greeting: no mail server does. */
final class WelcomeHandler extends WelcomeMessageHandler {

    private final SmtpReply greeting;

    WelcomeHandler(ProtocolConfig config) {
        greeting = SmtpReply.plain(220, List.of(config.hostName() + " ESMTP"));
    }

    @Override
    public Response onConnect(SMTPSession hosted) {
        boolean early = ((SmtpSession) hosted).transport().hasPipelinedInput();
        return early ? SmtpReplies.EARLY_TALKER : greeting;
    }
}
