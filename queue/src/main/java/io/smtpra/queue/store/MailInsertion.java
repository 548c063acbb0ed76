package io.smtpra.queue.store;

import io.smtpra.Recipient;
import io.smtpra.queue.RecipientState;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts mails into the tables. */
public final class MailInsertion {

    private static final String MAIL = "insert into smtpra_queue_mail (route, priority, next_at, attempts, enqueued_at,"
            + " expires_at, warn_at, octets, idempotency_key, " + EnvelopeColumns.OF_MAIL + ")"
            + " values (?, ?, ?, 0, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)";
    private static final String RECIPIENT = "insert into smtpra_queue_recipient (mail_id, position, state, attempts, "
            + EnvelopeColumns.OF_RECIPIENT + ") values (?, ?, '" + RecipientState.WAITING + "', 0, ?, ?, ?, ?)";

    private final Database database;
    private final long maxOctets;

    /**
     * For one database.
     *
     * @param database which
     * @param maxOctets longer contents are refused
     */
    public MailInsertion(Database database, long maxOctets) {
        this.database = database;
        this.maxOctets = maxOctets;
    }

    /** Writes a content. */
    @FunctionalInterface
    public interface ContentSource {

        /**
         * Writes all of it.
         *
         * @param target where to; not to be closed
         * @throws IOException if it cannot be read or written
         */
        void writeTo(OutputStream target) throws IOException;
    }

    /**
     * Stores a mail.
     *
     * @param connection in the transaction of the application
     * @param mail the mail
     * @param content its content
     * @return its id, or the id of the mail that has its idempotency key
     * @throws SQLException if the database refuses
     * @throws IOException if the content cannot be read or stored
     */
    public long insert(Connection connection, NewMail mail, ContentSource content) throws SQLException, IOException {
        Optional<Long> inserted = insertRow(connection, mail);
        if (inserted.isEmpty()) {
            return withKey(connection, mail.idempotencyKey().orElseThrow());
        }
        long id = inserted.get();
        insertRecipients(connection, id, mail.envelope().recipients());
        long octets;
        try (ContentWriter writer = new ContentWriter(connection, id, maxOctets)) {
            content.writeTo(writer);
            octets = writer.octets();
        }
        try (PreparedStatement update =
                connection.prepareStatement("update smtpra_queue_mail set octets = ? where id = ?")) {
            update.setLong(1, octets);
            update.setLong(2, id);
            update.executeUpdate();
        }
        return id;
    }

    /** Absent if there is a mail with the same key. */
    private Optional<Long> insertRow(Connection connection, NewMail mail) throws SQLException {
        String sql = mail.idempotencyKey().isPresent() ? MAIL + database.unlessKeyExists() : MAIL;
        try (PreparedStatement row = connection.prepareStatement(sql, new String[] {"id"})) {
            row.setString(1, mail.route());
            row.setInt(2, mail.priority().ordinal());
            row.setLong(3, mail.firstAttempt().toEpochMilli());
            row.setLong(4, mail.enqueued().toEpochMilli());
            row.setLong(5, mail.expires().toEpochMilli());
            setTime(row, 6, mail.warnAt());
            row.setString(7, mail.idempotencyKey().orElse(null));
            EnvelopeColumns.write(row, 8, mail.envelope());
            row.executeUpdate();
            try (ResultSet keys = row.getGeneratedKeys()) {
                return keys.next() ? Optional.of(keys.getLong(1)) : Optional.empty();
            }
        } catch (SQLIntegrityConstraintViolationException e) {
            if (mail.idempotencyKey().isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static long withKey(Connection connection, String key) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select id from smtpra_queue_mail where idempotency_key = ?")) {
            query.setString(1, key);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("A mail with the idempotency key '" + key + "' was stored and removed at once");
                }
                return row.getLong(1);
            }
        }
    }

    private static void insertRecipients(Connection connection, long id, List<Recipient> recipients)
            throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(RECIPIENT)) {
            for (int i = 0; i < recipients.size(); i++) {
                row.setLong(1, id);
                row.setInt(2, i);
                EnvelopeColumns.write(row, 3, recipients.get(i));
                if (recipients.size() == 1) {
                    row.executeUpdate();
                    return;
                }
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    static void setTime(PreparedStatement statement, int at, Optional<Instant> time) throws SQLException {
        if (time.isPresent()) {
            statement.setLong(at, time.get().toEpochMilli());
        } else {
            statement.setNull(at, Types.BIGINT);
        }
    }
}
