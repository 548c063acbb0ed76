package io.smtpra.queue.claim;

import io.smtpra.Recipient;
import io.smtpra.queue.QueueOptions.Priority;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.store.Database;
import io.smtpra.queue.store.EnvelopeColumns;
import io.smtpra.queue.store.IdList;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Claims mails that are due. A claim is a lease: the mail becomes due again when it ends, so that a node that was
 * killed needs nobody to notice.
 */
public final class MailClaims {

    private static final String DUE = "next_at <= ?";
    private static final String LATE = "next_at <= ? and (expires_at <= ? or warn_at <= ?)";
    private static final String COLUMNS = "id, route, attempts, enqueued_at, expires_at, warn_at, octets, "
            + EnvelopeColumns.OF_MAIL;

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
        return claim(connection, new Wanted(DUE, List.of(now.toEpochMilli()), route, limit), until);
    }

    /**
     * Claims those mails of one route, due but not tried, whose time is over or whose sender is to be warned: a next
     * hop that is being rested must not make them wait without a word.
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
        return claim(connection, new Wanted(LATE, List.of(time, time, time), route, limit), until);
    }

    /**
     * What is to be claimed.
     *
     * @param condition on a row besides route and priority
     * @param times its parameters
     * @param route whose
     * @param limit at most so many
     */
    private record Wanted(String condition, List<Long> times, String route, int limit) {

        /** A query of those of one priority, the earliest first; without a limit. */
        String query(String columns, String priority) {
            return "select " + columns + " from smtpra_queue_mail where route = ? and priority = " + priority + " and "
                    + condition + " order by next_at";
        }

        /** Sets the parameters of the query, the priority not among them; gives the next free position. */
        int set(PreparedStatement select) throws SQLException {
            int at = 1;
            select.setString(at++, route);
            for (Long time : times) {
                select.setLong(at++, time);
            }
            return at;
        }
    }

    private Claim claim(Connection connection, Wanted wanted, Instant until) throws SQLException {
        Claim none = new Claim(ThreadLocalRandom.current().nextLong(), until, List.of(), Map.of());
        return database.isPostgreSql()
                ? claimAtOnce(connection, wanted, none) : claimInSteps(connection, wanted, none);
    }

    /** Locks, leases and reads in one statement. It goes by the index in each priority: none is waded through. */
    private Claim claimAtOnce(Connection connection, Wanted wanted, Claim none) throws SQLException {
        String priorities = Arrays.stream(Priority.values()).map(one -> "(" + one.ordinal() + ")")
                .collect(Collectors.joining(", "));
        String sql = "with due as materialized (select d.id, p.priority, d.next_at"
                + " from (values " + priorities + ") as p(priority) cross join lateral ("
                + wanted.query("id, next_at", "p.priority") + " limit ? for update skip locked) d limit ?),"
                + " claimed as (update smtpra_queue_mail m set next_at = ?, lease = ? from due where m.id = due.id"
                + " returning m.*, due.priority as due_priority, due.next_at as due_at)"
                + " select c.*, t.octets as first_chunk from claimed c left join smtpra_queue_content t"
                + " on t.mail_id = c.id and t.chunk = 0 order by due_priority, due_at";
        // read twice: first for the ids, with which the recipients are asked for
        try (PreparedStatement statement = connection.prepareStatement(
                sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            int at = wanted.set(statement);
            statement.setInt(at++, wanted.limit());
            statement.setInt(at++, wanted.limit());
            statement.setLong(at++, none.until().toEpochMilli());
            statement.setLong(at, none.lease());
            try (ResultSet rows = statement.executeQuery()) {
                List<Long> ids = new ArrayList<>();
                Map<Long, byte[]> firstChunks = new HashMap<>();
                while (rows.next()) {
                    ids.add(rows.getLong("id"));
                    firstChunks.put(rows.getLong("id"), rows.getBytes("first_chunk"));
                }
                rows.beforeFirst();
                return ids.isEmpty() ? none : read(connection, rows, ids, firstChunks, none);
            }
        }
    }

    private Claim claimInSteps(Connection connection, Wanted wanted, Claim none) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            if (ids.size() < wanted.limit()) {
                lock(connection, wanted, priority, ids);
            }
        }
        if (ids.isEmpty()) {
            return none;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_mail set next_at = ?, lease = ? where " + IdList.in(database, "id", ids.size()))) {
            update.setLong(1, none.until().toEpochMilli());
            update.setLong(2, none.lease());
            IdList.set(database, update, 3, ids);
            update.executeUpdate();
        }
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from smtpra_queue_mail where " + IdList.in(database, "id", ids.size()))) {
            IdList.set(database, select, 1, ids);
            try (ResultSet rows = select.executeQuery()) {
                return read(connection, rows, ids, firstChunks(connection, ids), none);
            }
        }
    }

    private void lock(Connection connection, Wanted wanted, Priority priority, List<Long> ids) throws SQLException {
        String sql = database.lockFree(wanted.query("id", Integer.toString(priority.ordinal())));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(wanted.set(select), wanted.limit() - ids.size());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
    }

    /** Makes mails of the rows, in the order of the ids. */
    private Claim read(Connection connection, ResultSet rows, List<Long> ids, Map<Long, byte[]> firstChunks, Claim none)
            throws SQLException {
        Map<Long, WaitingRecipients> recipients = recipients(connection, ids);
        Map<Long, String> unreadable = new LinkedHashMap<>();
        Map<Long, ClaimedMail> mails = new LinkedHashMap<>();
        ids.forEach(id -> mails.put(id, null));
        while (rows.next()) {
            long id = rows.getLong("id");
            try {
                mails.put(id, mail(rows, id, none.lease(), recipients.get(id), firstChunks.get(id)));
            } catch (IllegalArgumentException | UnreadableMailException e) {
                unreadable.put(id, e.getMessage());
            }
        }
        mails.values().removeIf(mail -> mail == null);
        return new Claim(none.lease(), none.until(), List.copyOf(mails.values()), unreadable);
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
                new QueuedContent(contents, id, firstChunk, row.getLong("octets")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("enqueued_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                warning);
    }

    private Map<Long, WaitingRecipients> recipients(Connection connection, List<Long> ids) throws SQLException {
        Map<Long, WaitingRecipients> all = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select mail_id, position, state, attempts, reply,"
                + " next_hop_queue_id, tls, ended_at, " + EnvelopeColumns.OF_RECIPIENT
                + " from smtpra_queue_recipient where state = '" + RecipientState.WAITING + "' and "
                + IdList.in(database, "mail_id", ids.size()) + " order by mail_id, position")) {
            IdList.set(database, select, 1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.computeIfAbsent(row.getLong("mail_id"), id -> new WaitingRecipients()).add(row);
                }
            }
        }
        return all;
    }

    private Map<Long, byte[]> firstChunks(Connection connection, List<Long> ids) throws SQLException {
        Map<Long, byte[]> chunks = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select mail_id, octets from smtpra_queue_content where chunk = 0 and "
                        + IdList.in(database, "mail_id", ids.size()))) {
            IdList.set(database, select, 1, ids);
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
