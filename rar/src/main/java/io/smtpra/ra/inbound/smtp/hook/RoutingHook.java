package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.hosting.LastWord;
import io.smtpra.ra.inbound.smtp.hosting.OwnHook;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * Which bean takes a recipient, and what that bean says to it. The last of the {@code RCPT} hooks, and asked whatever the
 * others have said: a recipient that nobody claims is refused.
 */
public final class RoutingHook implements RcptHook, OwnHook, LastWord {

    private final RecipientGate gate;

    public RoutingHook(RecipientGate gate) {
        this.gate = gate;
    }

    @Override
    public CompletionStage<Optional<SmtpReply>> ask(SmtpSession session) {
        return gate.check(session.peer(), session.transaction().orElseThrow().sender().reversePath(),
                session.recipient().orElseThrow()).thenApply(refusal -> refusal.map(SmtpReply::from));
    }

    /** Not how it is asked: a bean's answer may take a while. */
    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress rcpt) {
        throw new UnsupportedOperationException("asked as a OwnHook");
    }
}
