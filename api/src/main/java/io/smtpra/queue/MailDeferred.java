package io.smtpra.queue;

import java.util.List;

/**
 * A mail was not taken yet, and is tried again. A CDI event, fired in the transaction that records it: what an observer
 * writes is committed together with the outcome. An observer that throws does not undo the outcome; the event is fired
 * again later, so an observer may see it twice.
 *
 * @param id the id that {@link MailQueue#enqueue} gave
 * @param recipients those who wait, each with the reply
 */
public record MailDeferred(long id, List<QueuedRecipient> recipients) {

    /** Copies the recipients. */
    public MailDeferred {
        recipients = List.copyOf(recipients);
    }
}
