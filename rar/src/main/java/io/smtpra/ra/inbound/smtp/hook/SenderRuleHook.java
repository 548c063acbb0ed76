package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.Mailbox;
import io.smtpra.ra.inbound.smtp.hosting.OwnHook;
import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.rules.SenderRule;
import io.smtpra.ra.inbound.smtp.session.MailDraft;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/** As whom an authenticated user may send ({@link SenderRule}). */
public final class SenderRuleHook implements MailHook, OwnHook {

    private static final CompletionStage<Optional<SmtpReply>> ALLOWED =
            CompletableFuture.completedFuture(Optional.empty());
    private static final CompletionStage<Optional<SmtpReply>> NOT_YOUR_ADDRESS =
            CompletableFuture.completedFuture(Optional.of(SmtpReplies.NOT_YOUR_ADDRESS));

    private final SenderRule rule;

    public SenderRuleHook(ProtocolConfig config) {
        rule = config.senderRule();
    }

    @Override
    public CompletionStage<Optional<SmtpReply>> ask(SmtpSession session) {
        return isAllowed(session) ? ALLOWED : NOT_YOUR_ADDRESS;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return isAllowed((SmtpSession) session) ? HookResult.DECLINED
                : HookReply.refusal(SmtpReplies.NOT_YOUR_ADDRESS);
    }

    private boolean isAllowed(SmtpSession session) {
        Optional<Mailbox> reversePath = session.draft().flatMap(MailDraft::reversePath);
        if (rule == SenderRule.NONE || session.user().isEmpty() || reversePath.isEmpty()) {
            return true;
        }
        String user = session.user().get();
        Mailbox sender = reversePath.get();
        return user.indexOf('@') < 0 ? user.equalsIgnoreCase(sender.localPart()) : names(user, sender);
    }

    private static boolean names(String user, Mailbox sender) {
        try {
            Mailbox own = Mailbox.parse(user);
            return own.localPart().equalsIgnoreCase(sender.localPart())
                    && own.asciiDomain().equals(sender.asciiDomain());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
