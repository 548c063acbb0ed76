package io.smtpra.queue.store;

import io.smtpra.queue.QueuedRecipient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events that an observer has thrown back: kept until one firing of them succeeds. */
public final class PendingEvents {

    private PendingEvents() {
    }

    /**
     * Keeps the events of one mail.
     *
     * @param connection in a transaction that the caller commits
     * @param id of the mail
     * @param recipients of which something is to be told
     * @param at when they are fired again
     * @throws SQLException if the database refuses
     */
    public static void keep(Connection connection, long id, List<RecipientResult> recipients, Instant at)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_recipient set event = ? where mail_id = ? and position = ?")) {
            for (RecipientResult recipient : recipients) {
                update.setString(1, EventKind.of(recipient.state()).map(Enum::name).orElse(null));
                update.setLong(2, id);
                update.setInt(3, recipient.position());
                update.addBatch();
            }
            update.executeBatch();
        }
        postpone(connection, id, Optional.of(at));
    }

    /**
     * The mails of which events are to be fired again. Another node does not get them at the same time.
     *
     * @param connection in a transaction that the caller commits
     * @param database which
     * @param now what is due
     * @param limit at most so many
     * @return their ids
     * @throws SQLException if the database refuses
     */
    public static List<Long> due(Connection connection, Database database, Instant now, int limit)
            throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(database.lockFree(
                "select id from smtpra_queue_mail where event_at <= ? order by event_at"))) {
            select.setLong(1, now.toEpochMilli());
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }

    /**
     * Takes the events of one mail: they are gone if the caller's transaction commits.
     *
     * @param connection in a transaction that the caller commits
     * @param id of the mail
     * @return whom each tells of
     * @throws SQLException if the database refuses
     */
    public static Map<EventKind, List<QueuedRecipient>> take(Connection connection, long id) throws SQLException {
        Map<EventKind, List<QueuedRecipient>> events = new EnumMap<>(EventKind.class);
        for (EventKind kind : EventKind.values()) {
            List<QueuedRecipient> recipients =
                    MailLookup.recipients(connection, List.of(id), "event = '" + kind + "' and ").get(id);
            if (!recipients.isEmpty()) {
                events.put(kind, recipients);
            }
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_recipient set event = null where mail_id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
        postpone(connection, id, Optional.empty());
        return events;
    }

    /**
     * Sets when the events of one mail are fired again.
     *
     * @param connection in a transaction that the caller commits
     * @param id of the mail
     * @param at when; absent for never
     * @throws SQLException if the database refuses
     */
    public static void postpone(Connection connection, long id, Optional<Instant> at) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update smtpra_queue_mail set event_at = ? where id = ?")) {
            MailInsertion.setTime(update, 1, at);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }
}
