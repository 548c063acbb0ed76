package io.smtpra.ra.inbound;

import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.protocol.RecipientGate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Accepts the recipients that an activation takes. */
final class ActivationGate implements RecipientGate {

    private final ActivationRegistry registry;

    ActivationGate(ActivationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public CompletionStage<Optional<Reply>> check(Peer peer, Optional<Mailbox> reversePath, Recipient recipient) {
        boolean claimed = registry.table().taker(peer.listener(), recipient.mailbox()).isPresent();
        return CompletableFuture.completedFuture(claimed ? Optional.empty() : Optional.of(Replies.RELAYING_DENIED));
    }
}
