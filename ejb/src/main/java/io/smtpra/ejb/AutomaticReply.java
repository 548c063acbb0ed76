package io.smtpra.ejb;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.Mailbox;
import io.smtpra.ejb.log.MailboxMessages;
import io.smtpra.ejb.mailbox.MailStore;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.MailQueueException;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers mail to one address automatically, so that a round trip can be seen. Off unless the system property
 * {@code smtpra.autoreply.from} names that address. Answers go to the sender, or to {@code smtpra.autoreply.to} where
 * that is set; nobody gets more than {@code smtpra.autoreply.limit} a day, 100 unless set (RFC 3834 section 2).
 *
 * <p>An answer is put into the queue by the transaction that stores the mail: both are there, or neither. That the next
 * hop is away delays it, and is no reason to refuse the mail.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class AutomaticReply {

    private static final int DEFAULT_LIMIT = 100;

    @Inject
    private MailQueue queue;

    @EJB
    private MailStore store;

    /**
     * Answers a mail if it is one to be answered.
     *
     * @param mail the mail
     * @throws MailQueueException if the answer cannot be stored; then the mail is not either
     */
    public void answer(InboundMail mail) throws MailQueueException {
        try {
            Optional<ReplyRules> rules = ReplyRules.fromSystemProperties();
            Optional<Mailbox> recipient = rules.isPresent() ? rules.get().recipientFor(mail) : Optional.empty();
            if (recipient.isPresent() && isWithinLimit(mail, recipient.get().toString())) {
                // RFC 3834 section 3.3: the null reverse-path, so that nobody ever answers the answer.
                Envelope envelope = Envelope.from("").to(recipient.get().toString()).build();
                queue.enqueue(envelope, rules.get().replyTo(mail.message(), recipient.get()));
                store.noteAutomaticAnswer(recipient.get().toString());
            }
        } catch (MessagingException | IllegalArgumentException e) {
            MailboxMessages.LOG.noReply(mail.id(), e.toString());
        }
    }

    private boolean isWithinLimit(InboundMail mail, String recipient) {
        int limit = Integer.getInteger("smtpra.autoreply.limit", DEFAULT_LIMIT);
        if (store.automaticAnswers(recipient, Instant.now().minus(Duration.ofDays(1))) < limit) {
            return true;
        }
        MailboxMessages.LOG.enoughReplies(mail.id(), recipient, limit);
        return false;
    }
}
