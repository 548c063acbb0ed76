package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

/**
 * Keeps the subject of each mail in the table {@code INBOX}, which the test has made. If the subject says so, it fails
 * afterwards.
 */
@MessageDriven
public class InboxBean implements MailListener {

    /** What a subject begins with if the bean is to fail. */
    public static final String FAIL = "fail";

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String subject = mail.message().getSubject();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into INBOX values (?, ?)")) {
            insert.setString(1, mail.id());
            insert.setString(2, subject);
            insert.executeUpdate();
        }
        if (subject.startsWith(FAIL)) {
            throw new IllegalStateException("The bean fails, as the test wants it");
        }
    }
}
