package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.MailSink;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.inbound.smtp.hosting.OwnHook;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;

/** The delivery to the beans, within a transaction: the last of the message hooks. */
public final class DeliveryHook implements MessageHook, OwnHook {

    private static final Reply LOCAL_ERROR = Reply.of(451, "4.3.0", "Local error, try again later");

    private final MailSink sink;

    public DeliveryHook(MailSink sink) {
        this.sink = sink;
    }

    @Override
    public CompletionStage<Optional<SmtpReply>> ask(SmtpSession session) {
        return handOver(MessageHooks.mail(session))
                .exceptionally(failure -> {
                    session.failed(failure);
                    return new DeliveryOutcome.Refused(LOCAL_ERROR);
                })
                .thenApply(outcome -> outcome instanceof DeliveryOutcome.Refused refused
                        ? Optional.of(SmtpReply.from(refused.reply())) : Optional.empty());
    }

    /** Not how it is asked: a transaction takes a while. */
    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        throw new UnsupportedOperationException("asked as a OwnHook");
    }

    private CompletionStage<DeliveryOutcome> handOver(ReceivedMail mail) {
        try {
            return sink.deliver(mail);
        } catch (RuntimeException e) {
            mail.content().close();
            return CompletableFuture.failedFuture(e);
        }
    }
}
