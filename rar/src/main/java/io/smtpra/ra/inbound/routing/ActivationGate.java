package io.smtpra.ra.inbound.routing;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.hook.RecipientGate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Accepts the recipients that an activation takes, and that its bean knows if it wants to be asked. */
public final class ActivationGate implements RecipientGate {

    private static final CompletionStage<Optional<Reply>> ACCEPTED =
            CompletableFuture.completedFuture(Optional.empty());

    private final ActivationRegistry registry;
    private final BeanQuestions questions;

    public ActivationGate(ActivationRegistry registry, BeanQuestions questions) {
        this.registry = registry;
        this.questions = questions;
    }

    @Override
    public boolean takesDomainOf(ListenerKind listener, Mailbox mailbox) {
        return registry.table().takesDomain(listener, mailbox.asciiDomain());
    }

    @Override
    public CompletionStage<Optional<Reply>> check(Peer peer, Optional<Mailbox> reversePath, Recipient recipient) {
        Optional<Activation> taker = registry.table().taker(peer.listener(), recipient.mailbox());
        if (taker.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Optional.of(registry.unclaimed(peer.listener(), recipient.mailbox())));
        }
        if (!taker.get().config().verifyRecipients()) {
            return ACCEPTED;
        }
        return questions.ask(taker.get(), bean -> bean.onRecipient(recipient, reversePath, peer).refusal(),
                Optional::of, BeanQuestions.TIME);
    }
}
