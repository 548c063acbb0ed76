package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.argument.MailParameters;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.MailDraft;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;

/** {@code 8BITMIME} (RFC 6152), whose parameter {@code BODY} also says {@code BINARYMIME} (RFC 3030). */
public final class BodyHook extends ParameterHook {

    private final ProtocolConfig config;

    public BodyHook(ProtocolConfig config) {
        super(config.isOn(Extension.EIGHT_BIT_MIME), "BODY");
        this.config = config;
    }

    @Override
    List<String> keywords(SmtpSession session) {
        return List.of("8BITMIME");
    }

    @Override
    void take(SmtpSession session, MailDraft draft, String name, String value) throws Refusal {
        draft.bodyType(MailParameters.body(value, config.isOn(Extension.CHUNKING)));
    }
}
