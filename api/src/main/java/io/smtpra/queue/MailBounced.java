package io.smtpra.queue;

import java.util.List;

/**
 * A mail was refused for good, by the next hop or by a report that came in later. A CDI event, fired in the transaction
 * that records it: what an observer writes is committed together with the outcome. An observer that throws does not
 * undo the outcome; the event is fired again later, so an observer may see it twice.
 *
 * @param id the id that {@link MailQueue#enqueue} gave
 * @param recipients those who do not get it, each with the reply
 */
public record MailBounced(long id, List<QueuedRecipient> recipients) {

    /** Copies the recipients. */
    public MailBounced {
        recipients = List.copyOf(recipients);
    }
}
