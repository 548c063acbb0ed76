package io.smtpra.queue.store;

import io.smtpra.Recipient;
import io.smtpra.queue.RecipientState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Puts mails into the tables. */
public final class MailInsertion {

    private static final String MAIL = "insert into smtpra_queue_mail (route, priority, next_at, attempts, enqueued_at,"
            + " expires_at, warn_at, octets, idempotency_key, " + EnvelopeColumns.OF_MAIL + ")"
            + " values (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String RECIPIENT = "insert into smtpra_queue_recipient (mail_id, position, state, attempts, "
            + EnvelopeColumns.OF_RECIPIENT + ") values (?, ?, '" + RecipientState.WAITING + "', 0, ?, ?, ?, ?)";
    private static final String CONTENT =
            "insert into smtpra_queue_content (mail_id, chunk, octets) values (?, 0, ?)";
    /** What follows the row of the mail where all is stored in one statement. */
    private static final String AT_ONCE = " returning id), r as (insert into smtpra_queue_recipient (mail_id, position,"
            + " state, attempts, " + EnvelopeColumns.OF_RECIPIENT + ") select m.id, u.position, '"
            + RecipientState.WAITING + "', 0, u.mailbox, u.notify_on, u.original_type, u.original_address from m,"
            + " unnest(?, ?, ?, ?, ?) as u(position, mailbox, notify_on, original_type, original_address)),"
            + " c as (insert into smtpra_queue_content (mail_id, chunk, octets) select m.id, 0, ? from m)"
            + " select id from m";

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
        ChunkedOutput writer = new ChunkedOutput(connection,
                (chunk, length, whole) -> store(connection, mail, new Chunk(chunk, length, whole)), maxOctets);
        content.writeTo(writer);
        OptionalLong id = writer.end();
        return id.isPresent() ? id.getAsLong() : withKey(connection, mail.idempotencyKey().orElseThrow());
    }

    /** The first chunk of a content. */
    private record Chunk(byte[] octets, int length, boolean whole) {

        InputStream stream() {
            return new ByteArrayInputStream(octets, 0, length);
        }

        /** The length of the content, as far as it is known. */
        long contentLength() {
            return whole ? length : 0;
        }
    }

    /** Absent if there is a mail with the same key. */
    private OptionalLong store(Connection connection, NewMail mail, Chunk chunk) throws SQLException {
        if (database.isPostgreSql()) {
            return storeAtOnce(connection, mail, chunk);
        }
        OptionalLong id = insertRow(connection, mail, chunk);
        if (id.isPresent()) {
            insertRecipients(connection, id.getAsLong(), mail.envelope().recipients());
            try (PreparedStatement row = connection.prepareStatement(CONTENT)) {
                row.setLong(1, id.getAsLong());
                row.setBinaryStream(2, chunk.stream(), chunk.length());
                row.executeUpdate();
            }
        }
        return id;
    }

    private OptionalLong storeAtOnce(Connection connection, NewMail mail, Chunk chunk) throws SQLException {
        String sql = "with m as (" + mailRow(mail) + AT_ONCE;
        List<Recipient> recipients = mail.envelope().recipients();
        try (PreparedStatement all = connection.prepareStatement(sql)) {
            int at = write(all, mail, chunk);
            all.setArray(at++, connection.createArrayOf("integer",
                    IntStream.range(0, recipients.size()).boxed().toArray()));
            for (List<String> column : EnvelopeColumns.columns(recipients)) {
                all.setArray(at++, connection.createArrayOf("varchar", column.toArray()));
            }
            all.setBinaryStream(at, chunk.stream(), chunk.length());
            try (ResultSet row = all.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private OptionalLong insertRow(Connection connection, NewMail mail, Chunk chunk) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(mailRow(mail), new String[] {"id"})) {
            write(row, mail, chunk);
            row.executeUpdate();
            try (ResultSet keys = row.getGeneratedKeys()) {
                return keys.next() ? OptionalLong.of(keys.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLIntegrityConstraintViolationException e) {
            if (mail.idempotencyKey().isEmpty()) {
                throw e;
            }
            return OptionalLong.empty();
        }
    }

    private String mailRow(NewMail mail) {
        return mail.idempotencyKey().isPresent() ? MAIL + database.unlessKeyExists() : MAIL;
    }

    private static int write(PreparedStatement row, NewMail mail, Chunk chunk) throws SQLException {
        row.setString(1, mail.route());
        row.setInt(2, mail.priority().ordinal());
        row.setLong(3, mail.firstAttempt().toEpochMilli());
        row.setLong(4, mail.enqueued().toEpochMilli());
        row.setLong(5, mail.expires().toEpochMilli());
        setTime(row, 6, mail.warnAt());
        row.setLong(7, chunk.contentLength());
        row.setString(8, mail.idempotencyKey().orElse(null));
        return EnvelopeColumns.write(row, 9, mail.envelope());
    }

    private long withKey(Connection connection, String key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select id from smtpra_queue_mail where idempotency_key = ?" + database.latest())) {
            query.setString(1, key);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException(
                            "A mail with the idempotency key '" + key + "' was stored and removed at once");
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

    public static void setTime(PreparedStatement statement, int at, Optional<Instant> time) throws SQLException {
        if (time.isPresent()) {
            statement.setLong(at, time.get().toEpochMilli());
        } else {
            statement.setNull(at, Types.BIGINT);
        }
    }
}
