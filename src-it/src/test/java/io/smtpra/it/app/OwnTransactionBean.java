package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;
import javax.sql.DataSource;

/**
 * A bean that manages its transactions. Keeps each mail in the table {@code OUTCOME}, then does what the mail's subject
 * says.
 */
@MessageDriven
@TransactionManagement(TransactionManagementType.BEAN)
public class OwnTransactionBean implements MailListener {

    @Resource
    private UserTransaction transaction;

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String subject = mail.message().getSubject();
        transaction.begin();
        Outcomes.keep(database, mail, subject, "");
        switch (subject) {
            case "left open" -> { }
            case "rolled back" -> transaction.rollback();
            case "throws in between" -> throw new IllegalStateException("as the test wants it");
            case "commit fails" -> {
                transaction.setRollbackOnly();
                transaction.commit();
            }
            default -> transaction.commit();
        }
        if (subject.equals("throws afterwards")) {
            throw new IllegalStateException("as the test wants it");
        }
    }
}
