package io.smtpra.it.app;

import io.smtpra.queue.MailBounced;
import io.smtpra.queue.MailDeferred;
import io.smtpra.queue.MailExpired;
import io.smtpra.queue.MailSent;
import io.smtpra.queue.QueuedRecipient;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Writes each event of the queue into a table of the application's own, in the transaction that records it. */
@ApplicationScoped
public class QueueObserver {

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource dataSource;

    void sent(@Observes MailSent event) {
        write("sent", event.id(), event.recipients());
    }

    void deferred(@Observes MailDeferred event) {
        write("deferred", event.id(), event.recipients());
    }

    void bounced(@Observes MailBounced event) {
        write("bounced", event.id(), event.recipients());
    }

    void expired(@Observes MailExpired event) {
        write("expired", event.id(), event.recipients());
    }

    private void write(String kind, long id, List<QueuedRecipient> recipients) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into queue_events (mail, kind, recipient) values (?, ?, ?)")) {
            for (QueuedRecipient recipient : recipients) {
                insert.setLong(1, id);
                insert.setString(2, kind);
                insert.setString(3, recipient.recipient().mailbox().toString());
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
