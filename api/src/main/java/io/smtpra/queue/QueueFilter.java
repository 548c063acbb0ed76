package io.smtpra.queue;

import io.smtpra.Mailbox;
import java.util.Optional;

/**
 * Which mails to look at; what is absent does not count.
 *
 * @param state with at least one recipient in this state
 * @param recipient with this recipient
 * @param route of this connection factory
 */
public record QueueFilter(Optional<RecipientState> state, Optional<Mailbox> recipient, Optional<String> route) {

    /** All of them. */
    public static final QueueFilter ALL = new QueueFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Those of which something is in a state.
     *
     * @param state the state
     * @return the filter
     */
    public static QueueFilter in(RecipientState state) {
        return new QueueFilter(Optional.of(state), Optional.empty(), Optional.empty());
    }

    /**
     * Those that are for somebody.
     *
     * @param recipient the mailbox
     * @return the filter
     */
    public static QueueFilter to(Mailbox recipient) {
        return new QueueFilter(Optional.empty(), Optional.of(recipient), Optional.empty());
    }
}
