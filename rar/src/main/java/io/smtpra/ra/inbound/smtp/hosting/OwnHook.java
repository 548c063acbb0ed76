package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A hook of ours: asked with our session alone, for an answer that may come later. */
public interface OwnHook {

    /** The answer of one that has nothing against it, and knows that at once. */
    CompletionStage<Optional<SmtpReply>> GO_ON = CompletableFuture.completedFuture(Optional.empty());

    /**
     * Asks; called by an event loop.
     *
     * @param session whose question it is
     * @return the refusal, or empty to go on; never fails
     */
    CompletionStage<Optional<SmtpReply>> ask(SmtpSession session);
}
