package io.smtpra.queue.store;

import io.smtpra.queue.RecipientState;
import java.util.Optional;

/** The events that tell of recipients. */
public enum EventKind {
    /** {@link io.smtpra.queue.MailSent}. */
    SENT,
    /** {@link io.smtpra.queue.MailDeferred}. */
    DEFERRED,
    /** {@link io.smtpra.queue.MailBounced}. */
    BOUNCED,
    /** {@link io.smtpra.queue.MailExpired}. */
    EXPIRED;

    /**
     * Which event tells that an attempt has brought a recipient into a state.
     *
     * @param state the state
     * @return the event, absent if none does
     */
    public static Optional<EventKind> of(RecipientState state) {
        return switch (state) {
            case SENT -> Optional.of(SENT);
            case WAITING -> Optional.of(DEFERRED);
            case BOUNCED -> Optional.of(BOUNCED);
            case EXPIRED -> Optional.of(EXPIRED);
            case CANCELLED, SET_ASIDE -> Optional.empty();
        };
    }
}
