package io.smtpra.queue.store;

import io.smtpra.Recipient;
import io.smtpra.queue.QueueOptions.Priority;
import io.smtpra.queue.RecipientState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Claims mails that are due. A claim is a lease: the mail becomes due again when it ends, so that a node that was killed
 * needs nobody to notice.
 */
public final class MailClaims {

    private static final String DUE = "select id from smtpra_queue_mail where route = ? and priority = ? and next_at <= ?"
            + " order by next_at";
    private static final String LATE = "select id from smtpra_queue_mail where route = ? and priority = ? and next_at <= ?"
            + " and (expires_at <= ? or warn_at <= ?) order by next_at";

    private final Database database;
    private final DataSource contents;

    /**
     * For one database.
     *
     * @param database which
     * @param contents from which contents are read while they are sent, outside any transaction
     */
    public MailClaims(Database database, DataSource contents) {
        this.database = database;
        this.contents = contents;
    }

    /**
     * Claims the mails of one route that are due, by priority and then by how long they are due.
     *
     * @param connection in a transaction that the caller commits before it sends
     * @param route whose
     * @param now what is due
     * @param until the end of the lease
     * @param limit at most so many
     * @return the mails
     * @throws SQLException if the database refuses
     */
    public Claim due(Connection connection, String route, Instant now, Instant until, int limit) throws SQLException {
        return claim(connection, DUE, new Object[] {now.toEpochMilli()}, route, until, limit);
    }

    /**
     * Claims those mails of one route, due but not tried, whose time is over or whose sender is to be warned: a next hop
     * that is being rested must not make them wait without a word.
     *
     * @param connection in a transaction that the caller commits
     * @param route whose
     * @param now what is due
     * @param until the end of the lease
     * @param limit at most so many
     * @return the mails
     * @throws SQLException if the database refuses
     */
    public Claim late(Connection connection, String route, Instant now, Instant until, int limit) throws SQLException {
        Long time = now.toEpochMilli();
        return claim(connection, LATE, new Object[] {time, time, time}, route, until, limit);
    }

    private Claim claim(Connection connection, String query, Object[] times, String route, Instant until, int limit)
            throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            if (ids.size() < limit) {
                lock(connection, query, times, route, priority, limit - ids.size(), ids);
            }
        }
        long lease = ThreadLocalRandom.current().nextLong();
        if (ids.isEmpty()) {
            return new Claim(lease, until, List.of(), Map.of());
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_mail set next_at = ?, lease = ? where id in " + IdList.of(ids.size()))) {
            update.setLong(1, until.toEpochMilli());
            update.setLong(2, lease);
            IdList.set(update, 3, ids);
            update.executeUpdate();
        }
        return read(connection, ids, lease, until);
    }

    private void lock(Connection connection, String query, Object[] times, String route, Priority priority, int limit,
            List<Long> ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.lockFree(query))) {
            int at = 1;
            select.setString(at++, route);
            select.setInt(at++, priority.ordinal());
            for (Object time : times) {
                select.setObject(at++, time);
            }
            select.setInt(at, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
    }

    private Claim read(Connection connection, List<Long> ids, long lease, Instant until) throws SQLException {
        Map<Long, WaitingRecipients> recipients = recipients(connection, ids);
        Map<Long, byte[]> firstChunks = firstChunks(connection, ids);
        Map<Long, String> unreadable = new LinkedHashMap<>();
        Map<Long, ClaimedMail> mails = new LinkedHashMap<>();
        ids.forEach(id -> mails.put(id, null));
        try (PreparedStatement select = connection.prepareStatement("select id, route, attempts, enqueued_at, expires_at,"
                + " warn_at, octets, " + EnvelopeColumns.OF_MAIL + " from smtpra_queue_mail where id in "
                + IdList.of(ids.size()))) {
            IdList.set(select, 1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long id = row.getLong("id");
                    try {
                        mails.put(id, mail(row, id, lease, recipients.get(id), firstChunks.get(id)));
                    } catch (IllegalArgumentException | UnreadableMailException e) {
                        unreadable.put(id, e.getMessage());
                    }
                }
            }
        }
        mails.values().removeIf(mail -> mail == null);
        return new Claim(lease, until, List.copyOf(mails.values()), unreadable);
    }

    private ClaimedMail mail(ResultSet row, long id, long lease, WaitingRecipients waiting, byte[] firstChunk)
            throws SQLException, UnreadableMailException {
        if (waiting == null) {
            throw new UnreadableMailException("It has no recipient that waits");
        }
        if (waiting.fault().isPresent()) {
            throw new UnreadableMailException(waiting.fault().get());
        }
        if (firstChunk == null) {
            throw new UnreadableMailException("Its content is missing");
        }
        long warnAt = row.getLong("warn_at");
        Optional<Instant> warning = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(warnAt));
        return new ClaimedMail(
                id,
                row.getString("route"),
                lease,
                EnvelopeColumns.envelope(row, waiting.recipients()),
                waiting.positions(),
                new StoredContent(contents, id, firstChunk, row.getLong("octets")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("enqueued_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                warning);
    }

    private static Map<Long, WaitingRecipients> recipients(Connection connection, List<Long> ids) throws SQLException {
        Map<Long, WaitingRecipients> all = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select mail_id, position, state, attempts, reply,"
                + " next_hop_queue_id, tls, ended_at, " + EnvelopeColumns.OF_RECIPIENT
                + " from smtpra_queue_recipient where state = '" + RecipientState.WAITING + "' and mail_id in "
                + IdList.of(ids.size()) + " order by mail_id, position")) {
            IdList.set(select, 1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.computeIfAbsent(row.getLong("mail_id"), id -> new WaitingRecipients()).add(row);
                }
            }
        }
        return all;
    }

    private static Map<Long, byte[]> firstChunks(Connection connection, List<Long> ids) throws SQLException {
        Map<Long, byte[]> chunks = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select mail_id, octets from smtpra_queue_content where chunk = 0 and mail_id in "
                        + IdList.of(ids.size()))) {
            IdList.set(select, 1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    chunks.put(row.getLong(1), row.getBytes(2));
                }
            }
        }
        return chunks;
    }

    /** Collects the recipients of one mail; one that makes no mailbox is the mail's fault, not the claim's. */
    private static final class WaitingRecipients {
        private final List<Recipient> recipients = new ArrayList<>();
        private final List<Integer> positions = new ArrayList<>();
        private String fault;

        void add(ResultSet row) throws SQLException {
            try {
                recipients.add(EnvelopeColumns.recipient(row).recipient());
                positions.add(row.getInt("position"));
            } catch (IllegalArgumentException e) {
                fault = "Recipient " + row.getInt("position") + ": " + e.getMessage();
            }
        }

        Optional<String> fault() {
            return Optional.ofNullable(fault);
        }

        List<Recipient> recipients() {
            return recipients;
        }

        List<Integer> positions() {
            return List.copyOf(positions);
        }
    }

    /** Rows that make no mail. */
    private static final class UnreadableMailException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableMailException(String message) {
            super(message);
        }
    }
}
