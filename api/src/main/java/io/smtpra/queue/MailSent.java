package io.smtpra.queue;

import java.util.List;

/**
 * The next hop has taken responsibility for a mail. A CDI event, fired in the transaction that records it: what an
 * observer writes is committed together with the outcome. An observer that throws does not undo the outcome; the event
 * is fired again later, so an observer may see it twice.
 *
 * @param id the id that {@link MailQueue#enqueue} gave
 * @param recipients those to whom it was sent by this attempt, each with the next hop's reply
 */
public record MailSent(long id, List<QueuedRecipient> recipients) {

    /** Copies the recipients. */
    public MailSent {
        recipients = List.copyOf(recipients);
    }
}
