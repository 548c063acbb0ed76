package io.smtpra.queue;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mail that waits in the application's own database until the next hop has taken it.
 *
 * <pre>{@code
 * @Inject MailQueue queue;
 *
 * long id = queue.enqueue(Envelope.from("shop@example.com").to(customer).build(), message);
 * order.setMailId(id);        // one transaction: both rows are there, or neither
 * }</pre>
 *
 * <p>{@link #enqueue} takes part in the caller's transaction and needs no next hop: a relay that is down delays the
 * mail and nothing else. After the commit the mail is sent, and tried again for as long as its schedule says. How it
 * ended is told by the CDI events {@link MailSent}, {@link MailDeferred}, {@link MailBounced} and {@link MailExpired}.
 * Delivery is at least once: a node that is killed between the next hop's reply and the record of it sends once more,
 * with the same {@code Message-ID}.
 *
 * <p>Methods may be called by any thread. Where the caller has no transaction, each call has one of its own.
 */
public interface MailQueue {

    /**
     * Puts a message into the queue. It is written out before the call returns: it is not changed, and may be changed
     * afterwards. {@code Bcc} is not sent; {@code Date} and {@code Message-ID} are added where they are missing.
     *
     * @param envelope who sends it to whom
     * @param message the message
     * @param options when, how long and how to send it
     * @return the id, the same as an earlier one if the options have its idempotency key
     * @throws MailQueueException if it can never be sent, or cannot be stored; the transaction is set to roll back
     */
    long enqueue(Envelope envelope, MimeMessage message, QueueOptions options) throws MailQueueException;

    /**
     * Puts a content into the queue as it is: no header is added or removed.
     *
     * @param envelope who sends it to whom
     * @param content the octets, read before the call returns
     * @param options when, how long and how to send it
     * @return the id, the same as an earlier one if the options have its idempotency key
     * @throws MailQueueException if it can never be sent, or cannot be stored; the transaction is set to roll back
     */
    long enqueue(Envelope envelope, MailContent content, QueueOptions options) throws MailQueueException;

    /**
     * Puts a message into the queue, to be sent as soon as the transaction has committed.
     *
     * @param envelope who sends it to whom
     * @param message the message
     * @return the id
     * @throws MailQueueException if it can never be sent, or cannot be stored; the transaction is set to roll back
     */
    default long enqueue(Envelope envelope, MimeMessage message) throws MailQueueException {
        return enqueue(envelope, message, QueueOptions.DEFAULT);
    }

    /**
     * Ends a mail that waits. Recipients to whom it was sent already keep their outcome.
     *
     * @param id the mail
     * @return whether it was ended; false if there is none, if nothing of it waits any more, or if it is being sent now
     */
    boolean cancel(long id);

    /**
     * Lets a mail be tried now: one that waits for its next attempt, or one that was set aside because its content
     * could not be read.
     *
     * @param id the mail
     * @return whether it is due now; false if there is none, or nothing of it waits
     */
    boolean retry(long id);

    /**
     * Looks at a mail.
     *
     * @param id the mail
     * @return the mail with its recipients, absent if there is none, also when it was removed after its retention
     */
    Optional<QueuedMail> find(long id);

    /**
     * Looks at many.
     *
     * @param filter which
     * @param after the last id of the page before, or 0 for the first page
     * @param limit at most so many, 1 to 1,000
     * @return the mails by ascending id; fewer than the limit on the last page
     */
    List<QueuedMail> list(QueueFilter filter, long after, int limit);

    /**
     * Looks at many, the newest first.
     *
     * @param filter which
     * @param before the last id of the page before, or {@link Long#MAX_VALUE} for the first page
     * @param limit at most so many, 1 to 1,000
     * @return the mails by descending id; fewer than the limit on the last page
     */
    List<QueuedMail> newest(QueueFilter filter, long before, int limit);

    /**
     * Counts the recipients of all mails that are still to be found.
     *
     * @return how many are in each state; a state in which there is none is not among them
     */
    Map<RecipientState, Long> counts();
}
