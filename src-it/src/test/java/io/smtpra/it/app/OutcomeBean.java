package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.MailRejectedException;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.RecipientAnswer;
import jakarta.annotation.Resource;
import jakarta.ejb.ApplicationException;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.ejb3.annotation.TransactionTimeout;
import org.slf4j.MDC;

/** Keeps each mail in the table {@code OUTCOME}, which the test has made, then does what the mail's subject says. */
@MessageDriven
@TransactionTimeout(1)
public class OutcomeBean implements MailListener {

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Resource
    private MessageDrivenContext context;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String subject = mail.message().getSubject();
        Outcomes.keep(database, mail, subject, MDC.get("smtpra.mail"));
        switch (subject) {
            case "runtime exception" -> throw new IllegalStateException("as the test wants it");
            case "checked exception" -> throw new IOException("as the test wants it");
            case "application exception" -> throw new Refusal();
            case "error" -> throw new NoClassDefFoundError("as the test wants it");
            case "outlasts its annotation" -> TimeUnit.MILLISECONDS.sleep(1_500);
            case "rollback only" -> context.setRollbackOnly();
            case "permanent" -> throw MailRejectedException.permanent(550, "5.7.13", "Not from you.");
            case "transient" -> throw MailRejectedException.transientFailure(452, "4.2.2", "Mailbox is full.");
            case "wrapped" -> throw new IllegalStateException(MailRejectedException.permanent("Wrapped."));
            case "commit fails" -> transactions.registerInterposedSynchronization(new FailingCommit());
            default -> { }
        }
    }

    @Override
    public RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer) {
        return recipient.mailbox().localPart().equals("nobody")
                ? RecipientAnswer.unknown() : RecipientAnswer.accepted();
    }

    /** An application exception with which the container rolls back. */
    @ApplicationException(rollback = true)
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;
    }

    private static final class FailingCommit implements Synchronization {

        @Override
        public void beforeCompletion() {
            throw new IllegalStateException("The commit fails, as the test wants it");
        }

        @Override
        public void afterCompletion(int status) {
            // nothing to clean up
        }
    }
}
