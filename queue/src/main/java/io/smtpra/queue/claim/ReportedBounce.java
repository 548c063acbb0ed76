package io.smtpra.queue.claim;

import io.smtpra.Reply;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.store.EnvelopeColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** Records that a mail came back after the next hop had taken it. */
public final class ReportedBounce {

    private ReportedBounce() {
    }

    /**
     * Records it.
     *
     * @param connection in a transaction that the caller commits
     * @param id of the mail
     * @param position of the recipient
     * @param reply what the report says
     * @param now when
     * @return whether it is new: the recipient was known as sent until now
     * @throws SQLException if the database refuses
     */
    public static boolean record(Connection connection, long id, int position, Reply reply, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update smtpra_queue_recipient set state = ?,"
                + " reply = ?, ended_at = ? where mail_id = ? and position = ? and state = ?")) {
            update.setString(1, RecipientState.BOUNCED.name());
            update.setString(2, EnvelopeColumns.text(reply));
            update.setLong(3, now.toEpochMilli());
            update.setLong(4, id);
            update.setInt(5, position);
            update.setString(6, RecipientState.SENT.name());
            return update.executeUpdate() == 1;
        }
    }
}
