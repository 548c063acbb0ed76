package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.hosting.LastWord;
import io.smtpra.ra.inbound.smtp.hosting.OwnHook;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * Which bean takes a recipient, and what that bean says to it. The last of the {@code RCPT} hooks, and asked whatever
 * the others have said: a recipient that nobody claims is refused.
 */
public final class RoutingHook implements RcptHook, OwnHook, LastWord {

    private static final String POSTMASTER = "postmaster";

    private final RecipientGate gate;
    private final Optional<Mailbox> postmaster;
    private final String hostName;

    /**
     * The hook.
     *
     * @param hostName of this host, whose postmaster {@code <postmaster>} is
     * @param postmaster where mail to postmaster goes that no bean takes, if anywhere (RFC 5321 section 4.5.1)
     */
    public RoutingHook(RecipientGate gate, Optional<Mailbox> postmaster, String hostName) {
        this.hostName = hostName;
        this.gate = gate;
        this.postmaster = postmaster;
    }

    @Override
    public CompletionStage<Optional<SmtpReply>> ask(SmtpSession session) {
        Recipient recipient = session.recipient().orElseThrow();
        CompletionStage<Optional<Reply>> answer = check(session, recipient);
        if (postmaster.isPresent() && recipient.mailbox().localPart().equalsIgnoreCase(POSTMASTER)) {
            answer = answer.thenCompose(refusal -> refusal.isPresent() && isOurs(session, recipient)
                    ? inPlaceOf(session, recipient, refusal.get()) : CompletableFuture.completedFuture(refusal));
        }
        return answer.thenApply(refusal -> refusal.map(SmtpReply::from));
    }

    private CompletionStage<Optional<Reply>> check(SmtpSession session, Recipient recipient) {
        return gate.check(session.peer(), session.transaction().orElseThrow().sender().reversePath(), recipient);
    }

    private boolean isOurs(SmtpSession session, Recipient recipient) {
        return recipient.mailbox().domain().equalsIgnoreCase(hostName)
                || gate.takesDomainOf(session.peer().listener(), recipient.mailbox());
    }

    /** Whoever takes the mailbox of the property gets the mail, and sees that mailbox as its recipient. */
    private CompletionStage<Optional<Reply>> inPlaceOf(SmtpSession session, Recipient recipient, Reply refusal) {
        Recipient instead = new Recipient(
                postmaster.orElseThrow(), recipient.notifyOn(), recipient.originalRecipient());
        return check(session, instead).thenApply(other -> {
            if (other.isEmpty()) {
                session.considers(instead);
                return Optional.<Reply>empty();
            }
            return Optional.of(refusal);
        });
    }

    /** Not how it is asked: a bean's answer may take a while. */
    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress rcpt) {
        throw new UnsupportedOperationException("asked as a OwnHook");
    }
}
