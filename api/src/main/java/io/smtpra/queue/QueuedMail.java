package io.smtpra.queue;

import io.smtpra.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mail of the queue as it stood when it was looked at.
 *
 * @param id the id that {@link MailQueue#enqueue} gave
 * @param reversePath where failures are reported to; absent for the null reverse-path
 * @param route the JNDI name of its connection factory
 * @param priority which of the mails that are due goes first
 * @param enqueued when it was put into the queue
 * @param nextAttempt when it is tried next; absent if nothing of it waits
 * @param expires when it is given up
 * @param octets the length of its content
 * @param recipients each with its state, in the order of the envelope
 */
public record QueuedMail(
        long id,
        Optional<Mailbox> reversePath,
        String route,
        QueueOptions.Priority priority,
        Instant enqueued,
        Optional<Instant> nextAttempt,
        Instant expires,
        long octets,
        List<QueuedRecipient> recipients) {

    /** Copies the recipients. */
    public QueuedMail {
        recipients = List.copyOf(recipients);
    }
}
