package io.smtpra.bench.queue;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.Mailbox;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;
import org.jboss.ejb3.annotation.ResourceAdapter;

/** Stores each mail as a row, in the mail's transaction: what 250 has answered is on the disk. */
@MessageDriven(activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@example.com"))
@ResourceAdapter("smtp-ra.rar")
public class StoringBean implements MailListener {

    @Resource(lookup = "java:app/jdbc/bench")
    private DataSource dataSource;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "insert into arrived (sender, recipient, content) values (?, ?, ?)");
                InputStream content = mail.content()) {
            row.setString(1, mail.envelope().reversePath().map(Mailbox::toString).orElse(null));
            row.setString(2, mail.envelope().recipients().get(0).mailbox().toString());
            row.setBytes(3, content.readAllBytes());
            row.executeUpdate();
        }
    }
}
