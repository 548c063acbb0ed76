package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.argument.MailParameters;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.MailDraft;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;

/** {@code SMTPUTF8} (RFC 6531). */
public final class SmtpUtf8Hook extends ParameterHook {

    public SmtpUtf8Hook(ProtocolConfig config) {
        super(config.isOn(Extension.SMTP_UTF8), "SMTPUTF8");
    }

    @Override
    List<String> keywords(SmtpSession session) {
        return List.of("SMTPUTF8");
    }

    @Override
    void take(SmtpSession session, MailDraft draft, String name, String value) throws Refusal {
        MailParameters.flag(value);
        draft.smtpUtf8();
    }
}
