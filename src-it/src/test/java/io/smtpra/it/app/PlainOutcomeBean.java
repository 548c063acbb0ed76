package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import javax.sql.DataSource;

/**
 * A bean outside of any transaction. If the mail's subject says so, it keeps the mail in the table {@code OUTCOME}; it
 * fails unless the subject says that all is fine.
 */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PlainOutcomeBean implements MailListener {

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String subject = mail.message().getSubject();
        if (subject.startsWith("kept")) {
            Outcomes.keep(database, mail, subject, "");
        }
        if (!subject.endsWith("fine")) {
            throw new IllegalStateException("as the test wants it");
        }
    }
}
