package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.argument.MailParameters;
import io.smtpra.ra.inbound.smtp.hosting.OwnHook;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.MailDraft;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * {@code DSN} (RFC 3461): {@code RET} and {@code ENVID} of {@code MAIL}; {@code NOTIFY} and {@code ORCPT} of {@code
 * RCPT} are claimed here, and read with the recipient.
 */
public final class DsnHook extends ParameterHook implements RcptHook, OwnHook {

    private final Set<String> ofRecipients;

    public DsnHook(ProtocolConfig config) {
        super(config.isOn(Extension.DSN), "RET", "ENVID");
        ofRecipients = config.isOn(Extension.DSN) ? Set.of("NOTIFY", "ORCPT") : Set.of();
    }

    @Override
    List<String> keywords(SmtpSession session) {
        return List.of("DSN");
    }

    @Override
    void take(SmtpSession session, MailDraft draft, String name, String value) throws Refusal {
        if (name.equals("RET")) {
            draft.dsnReturn(MailParameters.dsnReturn(value));
        } else {
            draft.envelopeId(MailParameters.envelopeId(value));
        }
    }

    @Override
    public Set<String> supportedParameters() {
        return ofRecipients;
    }

    @Override
    public CompletionStage<Optional<SmtpReply>> ask(SmtpSession session) {
        return GO_ON;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress rcpt) {
        return HookResult.DECLINED;
    }
}
