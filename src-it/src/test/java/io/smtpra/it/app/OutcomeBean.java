package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.MailRejectedException;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.RecipientAnswer;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.MDC;

/** Keeps each mail in the table {@code OUTCOME}, which the test has made, then does what the mail's subject says. */
@MessageDriven
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
        keep(mail, subject);
        switch (subject) {
            case "runtime exception" -> throw new IllegalStateException("as the test wants it");
            case "checked exception" -> throw new IOException("as the test wants it");
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
        return recipient.mailbox().localPart().equals("nobody") ? RecipientAnswer.unknown() : RecipientAnswer.accepted();
    }

    private void keep(InboundMail mail, String subject) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into OUTCOME values (?, ?, ?)")) {
            insert.setString(1, mail.id());
            insert.setString(2, subject);
            insert.setString(3, MDC.get("smtpra.mail"));
            insert.executeUpdate();
        }
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
