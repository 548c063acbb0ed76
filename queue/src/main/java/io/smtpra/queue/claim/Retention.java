package io.smtpra.queue.claim;

import io.smtpra.queue.store.Database;
import io.smtpra.queue.store.IdList;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Removes mails that ended long ago, few at a time. */
public final class Retention {

    private Retention() {
    }

    /**
     * Removes some.
     *
     * @param connection in a transaction that the caller commits
     * @param database which
     * @param endedBefore those that ended earlier
     * @param limit at most so many
     * @return how many were removed
     * @throws SQLException if the database refuses
     */
    public static int remove(Connection connection, Database database, Instant endedBefore, int limit)
            throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(database.lockFree(
                "select id from smtpra_queue_mail where ended_at < ? order by ended_at"))) {
            select.setLong(1, endedBefore.toEpochMilli());
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        if (ids.isEmpty()) {
            return 0;
        }
        MailResults.deleteContents(connection, ids);
        delete(connection, database, "smtpra_queue_recipient", "mail_id", ids);
        delete(connection, database, "smtpra_queue_mail", "id", ids);
        return ids.size();
    }

    private static void delete(Connection connection, Database database, String table, String column, List<Long> ids)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from " + table + " where " + IdList.in(database, column, ids.size()))) {
            IdList.set(database, delete, 1, ids);
            delete.executeUpdate();
        }
    }
}
