package io.smtpra;

import java.io.Serializable;
import java.util.Objects;

/**
 * What the next hop said to one recipient.
 *
 * @param recipient the recipient
 * @param reply its reply to {@code RCPT}
 */
public record RecipientOutcome(Mailbox recipient, Reply reply) implements Serializable {

    /** Refuses nulls. */
    public RecipientOutcome {
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(reply, "reply");
    }

    /**
     * Whether the next hop took it.
     *
     * @return true if it did
     */
    public boolean isAccepted() {
        return reply.isPositive();
    }
}
