package io.smtpra.ejb;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.Mailbox;
import io.smtpra.SmtpException;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.mail.MessagingException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers mail to one address automatically, so that a round trip can be seen. Off unless the system property
 * {@code smtpra.autoreply.from} names that address. Answers go to the sender, or to {@code smtpra.autoreply.to} where
 * that is set.
 *
 * <p>An answer has a transaction of its own: that it cannot be sent is no reason to refuse the mail.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AutomaticReply {

    private static final Logger LOG = LoggerFactory.getLogger(AutomaticReply.class);

    @EJB
    private MailSender sender;

    /**
     * Answers a mail if it is one to be answered.
     *
     * @param mail the mail
     */
    public void answer(InboundMail mail) {
        try {
            Optional<ReplyRules> rules = ReplyRules.fromSystemProperties();
            Optional<Mailbox> recipient = rules.isPresent() ? rules.get().recipientFor(mail) : Optional.empty();
            if (recipient.isPresent()) {
                // RFC 3834 section 3.3: the null reverse-path, so that nobody ever answers the answer.
                Envelope envelope = Envelope.from("").to(recipient.get().toString()).build();
                sender.send(envelope, rules.get().replyTo(mail.message(), recipient.get()));
            }
        } catch (SmtpException | MessagingException | RuntimeException e) {
            LOG.warn("Mail {} gets no automatic reply: {}", mail.id(), e.toString());
        }
    }
}
