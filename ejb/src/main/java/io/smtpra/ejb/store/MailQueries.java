package io.smtpra.ejb.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds mails, for somebody who may see them. */
public final class MailQueries {

    /** The most mails of one page. */
    public static final int LARGEST_PAGE = 200;

    private static final String MAILS = "select m.id, m.received_at, m.reverse_path, m.author, m.subject, m.preview,"
            + " m.message_id, m.size_octets, m.attachments, m.undecodable, m.seen, m.peer_address, m.helo_name,"
            + " m.listener, m.authenticated_user, m.tls_protocol, m.tls_cipher, m.body_type, m.smtp_utf8,"
            + " m.sender"
            + " from smtpra_mail m where ";

    private final Connection connection;
    private final MailAccess access;

    /**
     * Asks a database.
     *
     * @param connection to it
     * @param access who asks
     */
    public MailQueries(Connection connection, MailAccess access) {
        this.connection = connection;
        this.access = access;
    }

    /**
     * Lists mails, the newest first.
     *
     * @param filter which
     * @param after {@link MailPage#next()} of the page before; empty for the first page
     * @param limit at most so many, 1 to {@value #LARGEST_PAGE}
     * @return the page
     * @throws SQLException if the database refuses
     * @throws IllegalArgumentException if the limit or the page's beginning is none
     */
    public MailPage page(MailFilter filter, String after, int limit) throws SQLException {
        requirePage(after, limit);
        SqlCondition all = SqlCondition.all(List.of(access.mails(), filter.condition(MailDatabase.of(connection))));
        List<MailEntry> mails = read(SqlCondition.all(List.of(all, behind(after))), limit + 1);
        Optional<String> next = Optional.empty();
        if (mails.size() > limit) {
            mails = mails.subList(0, limit);
            MailEntry last = mails.get(limit - 1);
            next = Optional.of(last.received().toEpochMilli() + "." + last.id());
        }
        try (PreparedStatement count = connection.prepareStatement("select count(*),"
                + " count(case when m.seen = 0 then 1 end) from smtpra_mail m where " + all.sql())) {
            all.set(count, 1);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return new MailPage(mails, next, row.getLong(1), row.getLong(2));
            }
        }
    }

    /**
     * Checks what tells a page, so that nothing is asked in vain.
     *
     * @param after as of {@link #page}
     * @param limit as of {@link #page}
     * @throws IllegalArgumentException if one of them is none
     */
    public static void requirePage(String after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("A page has 1 to " + LARGEST_PAGE + " mails, not " + limit);
        }
        if (!after.isEmpty() && !after.matches("\\d{1,15}\\.[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("'" + after + "' is not where a page begins");
        }
    }

    /**
     * Finds a mail.
     *
     * @param id of the mail
     * @return absent if there is none that may be seen
     * @throws SQLException if the database refuses
     */
    public Optional<MailEntry> find(String id) throws SQLException {
        return read(SqlCondition.all(List.of(SqlCondition.of("m.id = ?", id), access.mails())), 1).stream().findFirst();
    }

    /**
     * Mails that came since a time, the oldest first.
     *
     * @param since the time
     * @param limit at most so many
     * @return the mails
     * @throws SQLException if the database refuses
     */
    public List<MailEntry> since(Instant since, int limit) throws SQLException {
        List<MailEntry> mails = new ArrayList<>(read(SqlCondition.all(List.of(
                SqlCondition.of("m.received_at > ?", since.toEpochMilli()), access.mails())), limit));
        Collections.reverse(mails);
        return mails;
    }

    /**
     * The parts of a mail.
     *
     * @param id of the mail
     * @return in their order
     * @throws SQLException if the database refuses
     */
    public List<StoredPart> parts(String id) throws SQLException {
        List<StoredPart> parts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select number, name, type, size_octets,"
                + " content_id, role from smtpra_mail_part where mail_id = ? order by number")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    parts.add(new StoredPart(row.getInt("number"), row.getString("name"), row.getString("type"),
                            row.getLong("size_octets"), Optional.ofNullable(row.getString("content_id")),
                            StoredPart.Role.valueOf(row.getString("role"))));
                }
            }
        }
        return parts;
    }

    /**
     * What the checks of a mail came to.
     *
     * @param id of the mail
     * @return in the order in which the adapter tells them; none if it was not checked
     * @throws SQLException if the database refuses
     */
    public List<StoredVerdict> verdicts(String id) throws SQLException {
        List<StoredVerdict> verdicts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select method, result, domain, reason"
                + " from smtpra_mail_verdict where mail_id = ? order by position")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    verdicts.add(new StoredVerdict(
                            row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
                }
            }
        }
        return verdicts;
    }

    /**
     * Notes whether a mail was read.
     *
     * @param id of the mail
     * @param seen whether it was
     * @return false if there is none that may be seen
     * @throws SQLException if the database refuses
     */
    public boolean markSeen(String id, boolean seen) throws SQLException {
        SqlCondition visible = access.mails();
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_mail m set seen = ? where m.id = ? and " + visible.sql())) {
            update.setInt(1, seen ? 1 : 0);
            update.setString(2, id);
            visible.set(update, 3);
            return update.executeUpdate() > 0;
        }
    }

    private static SqlCondition behind(String cursor) {
        if (cursor.isEmpty()) {
            return SqlCondition.ALL;
        }
        String[] parts = cursor.split("\\.", 2);
        long millis = Long.parseLong(parts[0]);
        return SqlCondition.of("m.received_at <= ? and (m.received_at < ? or m.id < ?)", millis, millis, parts[1]);
    }

    private List<MailEntry> read(SqlCondition condition, int limit) throws SQLException {
        Map<String, MailEntry> mails = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(MAILS + condition.sql()
                + " order by m.received_at desc, m.id desc fetch first " + limit + " rows only")) {
            condition.set(query, 1);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    MailEntry mail = mail(row);
                    mails.put(mail.id(), mail);
                }
            }
        }
        if (!mails.isEmpty()) {
            recipients(mails);
        }
        return List.copyOf(mails.values());
    }

    /** Whoever does not see all mail does not see to whom else it went: these may be blind copies. */
    private void recipients(Map<String, MailEntry> mails) throws SQLException {
        SqlCondition visible = access.recipients();
        Map<String, List<String>> recipients = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select r.mail_id, r.recipient from smtpra_mail_recipient r where r.mail_id in ("
                        + "?, ".repeat(mails.size() - 1) + "?) and " + visible.sql()
                                + " order by r.mail_id, r.position")) {
            int parameter = 1;
            for (String id : mails.keySet()) {
                query.setString(parameter++, id);
            }
            visible.set(query, parameter);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    recipients.computeIfAbsent(row.getString(1), id -> new ArrayList<>()).add(row.getString(2));
                }
            }
        }
        mails.replaceAll((id, mail) -> mail.withRecipients(recipients.getOrDefault(id, List.of())));
    }

    private static MailEntry mail(ResultSet row) throws SQLException {
        return new MailEntry(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                Optional.ofNullable(row.getString("reverse_path")),
                List.of(),
                row.getString("author"),
                row.getString("subject"),
                row.getString("preview"),
                Optional.ofNullable(row.getString("message_id")),
                row.getLong("size_octets"),
                row.getInt("attachments"),
                Optional.ofNullable(row.getString("undecodable")),
                row.getInt("seen") != 0,
                new MailEntry.Origin(row.getString("peer_address"), row.getString("helo_name"),
                        row.getString("listener"),
                        Optional.ofNullable(row.getString("authenticated_user")),
                        Optional.ofNullable(row.getString("tls_protocol")),
                        Optional.ofNullable(row.getString("tls_cipher"))),
                row.getString("body_type"),
                row.getInt("smtp_utf8") != 0,
                Optional.ofNullable(row.getString("sender")).map(SenderProof::valueOf));
    }
}
