package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.session.MailDraft;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;

/**
 * An extension of SMTP: the keywords that {@code EHLO} offers for it, and the parameters of {@code MAIL} that it adds.
 */
abstract class ParameterHook implements MailParametersHook, EhloExtension {

    private final boolean on;
    private final List<String> parameters;

    ParameterHook(boolean on, String... parameters) {
        this.on = on;
        this.parameters = on ? List.of(parameters) : List.of();
    }

    /** What EHLO offers in this state, if the extension is on. */
    abstract List<String> keywords(SmtpSession session);

    /** Takes the value of one of the parameters, empty if it has none. */
    abstract void take(SmtpSession session, MailDraft draft, String name, String value) throws Refusal;

    @Override
    public final List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return on ? keywords((SmtpSession) session) : List.of();
    }

    @Override
    public final String[] getMailParamNames() {
        return parameters.toArray(String[]::new);
    }

    @Override
    public final HookResult doMailParameter(SMTPSession session, String name, String value) {
        SmtpSession ours = (SmtpSession) session;
        try {
            take(ours, ours.draft().orElseThrow(), name, value);
            return HookResult.DECLINED;
        } catch (Refusal refusal) {
            return HookReply.refusal(refusal.reply());
        }
    }
}
