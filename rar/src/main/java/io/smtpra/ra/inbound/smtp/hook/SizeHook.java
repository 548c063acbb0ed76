package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.argument.MailParameters;
import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.MailSizeEsmtpExtension;
import org.apache.james.protocols.smtp.hook.HookResult;

/** {@code SIZE} (RFC 1870). The real size is watched where the content is received, not line by line. */
public final class SizeHook extends MailSizeEsmtpExtension {

    private final ProtocolConfig config;
    private final HookResult tooBig = HookReply.refusal(SmtpReplies.TOO_BIG);

    public SizeHook(ProtocolConfig config) {
        this.config = config;
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        try {
            boolean fits = MailParameters.size(value) <= ((SmtpSession) session).limits().maxMessageSize();
            return fits ? HookResult.DECLINED : tooBig;
        } catch (Refusal refusal) {
            return HookReply.refusal(refusal.reply());
        }
    }

    @Override
    public String[] getMailParamNames() {
        return config.isOn(Extension.SIZE) ? super.getMailParamNames() : new String[0];
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return config.isOn(Extension.SIZE)
                ? List.of("SIZE " + ((SmtpSession) session).limits().maxMessageSize()) : List.of();
    }

    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        return HookResult.DECLINED;
    }
}
