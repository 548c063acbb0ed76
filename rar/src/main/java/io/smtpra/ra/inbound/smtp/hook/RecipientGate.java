package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who may be mailed to: asked at each {@code RCPT}. A recipient that nobody claims is refused: no open relay. */
public interface RecipientGate {

    /**
     * Asks about a recipient. Called by an event loop: it must not block.
     *
     * @param peer who asks
     * @param reversePath who sends; absent for the null reverse-path
     * @param recipient who is to receive
     * @return the refusal, or empty if the recipient is accepted; it never fails and is completed within the gate's own
     *     time limit
     */
    CompletionStage<Optional<Reply>> check(Peer peer, Optional<Mailbox> reversePath, Recipient recipient);

    /**
     * Whether mail for some mailbox of a domain is taken.
     *
     * @param listener the kind of listener that the peer connected to
     * @param mailbox one of the domain
     */
    default boolean takesDomainOf(ListenerKind listener, Mailbox mailbox) {
        return false;
    }
}
