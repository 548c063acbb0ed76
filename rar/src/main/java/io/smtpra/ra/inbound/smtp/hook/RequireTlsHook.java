package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.argument.MailParameters;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.MailDraft;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;

/** {@code REQUIRETLS} (RFC 8689): offered and taken inside TLS alone. */
public final class RequireTlsHook extends ParameterHook {

    public RequireTlsHook(ProtocolConfig config) {
        super(config.isOn(Extension.REQUIRE_TLS), "REQUIRETLS");
    }

    @Override
    List<String> keywords(SmtpSession session) {
        return session.isTLSStarted() ? List.of("REQUIRETLS") : List.of();
    }

    @Override
    void take(SmtpSession session, MailDraft draft, String name, String value) throws Refusal {
        if (!session.isTLSStarted()) {
            throw new Refusal(SmtpReplies.UNKNOWN_PARAMETER);
        }
        MailParameters.flag(value);
        draft.requireTls();
    }
}
