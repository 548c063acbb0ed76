package io.smtpra.ra.inbound.smtp.content;

import io.smtpra.Reply;
import java.util.Objects;

/** The fate of a received mail. */
public sealed interface DeliveryOutcome {

    /** Delivered to every recipient, and committed. */
    record Delivered() implements DeliveryOutcome {}

    /**
     * Refused; nothing is kept.
     *
     * @param reply 4xx: the sender tries again later; 5xx: for good
     */
    record Refused(Reply reply) implements DeliveryOutcome {

        /**
         * Refuses what is not a refusal.
         *
         * @throws IllegalArgumentException if the reply is positive
         */
        public Refused {
            Objects.requireNonNull(reply, "reply");
            if (reply.isPositive()) {
                throw new IllegalArgumentException("A refusal is 4xx or 5xx, not " + reply.code());
            }
        }
    }
}
