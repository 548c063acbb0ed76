package io.smtpra;

import java.util.Optional;

/**
 * What a bean says to a recipient, when it is asked at {@code RCPT} time.
 *
 * @param refusal what the remote side hears; absent if the recipient is accepted
 */
public record RecipientAnswer(Optional<Reply> refusal) {

    private static final RecipientAnswer ACCEPTED = new RecipientAnswer(Optional.empty());

    /**
     * Refuses what is not a refusal.
     *
     * @throws IllegalArgumentException if the reply is positive
     */
    public RecipientAnswer {
        refusal.filter(Reply::isPositive).ifPresent(reply -> {
            throw new IllegalArgumentException("A refusal is 4xx or 5xx, not " + reply.code());
        });
    }

    /**
     * There is such a recipient.
     *
     * @return the answer
     */
    public static RecipientAnswer accepted() {
        return ACCEPTED;
    }

    /**
     * There is no such recipient: {@code 550 5.1.1}.
     *
     * @return the answer
     */
    public static RecipientAnswer unknown() {
        return refused(Reply.of(550, "5.1.1", "No such mailbox"));
    }

    /**
     * Its mailbox is full: {@code 452 4.2.2}.
     *
     * @return the answer
     */
    public static RecipientAnswer overQuota() {
        return refused(Reply.of(452, "4.2.2", "Mailbox is full"));
    }

    /**
     * It cannot be told now: {@code 451 4.3.0}.
     *
     * @return the answer
     */
    public static RecipientAnswer later() {
        return refused(Reply.of(451, "4.3.0", "Try again later"));
    }

    /**
     * A refusal in the bean's own words.
     *
     * @param reply 4xx or 5xx
     * @return the answer
     * @throws IllegalArgumentException if the reply is positive
     */
    public static RecipientAnswer refused(Reply reply) {
        return new RecipientAnswer(Optional.of(reply));
    }
}
