package io.smtpra.ejb.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes mails out of the tables, a recipient's copy after another: a mail is gone when the last copy is. In the
 * transaction of the connection, which is a small one.
 */
public final class MailRemoval {

    /** The tables that have rows of a mail; what tells a mail that comes again outlives it. */
    private static final List<String> TABLES = List.of("smtpra_mail_content where mail_id",
            "smtpra_mail_part where mail_id", "smtpra_mail_verdict where mail_id",
            "smtpra_mail_words where mail_id", "smtpra_mail where id");

    private final Connection connection;

    /**
     * Removes from a database.
     *
     * @param connection to it
     */
    public MailRemoval(Connection connection) {
        this.connection = connection;
    }

    /**
     * Removes the copies of a mail that somebody may see.
     *
     * @param id of the mail
     * @param access who removes it
     * @return false if there were none
     * @throws SQLException if the database refuses
     */
    public boolean remove(String id, MailAccess access) throws SQLException {
        SqlCondition own = access.recipients();
        List<Copy> copies = copies(SqlCondition.all(List.of(SqlCondition.of("r.mail_id = ?", id), own)), 1_000_000);
        removeCopies(copies);
        return !copies.isEmpty();
    }

    /**
     * Removes some of what the rules let go. Of several rules for an address the first one holds.
     *
     * @param rules the rules
     * @param now the time
     * @param limit at most so many copies
     * @return the mails of which a copy was removed
     * @throws SQLException if the database refuses
     */
    public Set<String> expire(List<RetentionRule> rules, Instant now, int limit) throws SQLException {
        Set<String> removed = new LinkedHashSet<>();
        List<SqlCondition> earlier = new ArrayList<>();
        for (RetentionRule rule : rules) {
            List<SqlCondition> conditions = new ArrayList<>(earlier);
            conditions.add(rule.addresses().recipients());
            SqlCondition mine = SqlCondition.all(conditions);
            if (rule.age().isPresent()) {
                SqlCondition old = SqlCondition.of("r.received_at < ?", now.minus(rule.age().get()).toEpochMilli());
                removed.addAll(removeCopies(copies(SqlCondition.all(List.of(old, mine)), limit - removed.size())));
            }
            if (rule.octets().isPresent() && removed.size() < limit) {
                removed.addAll(removeCopies(excess(mine, rule.octets().getAsLong(), limit - removed.size())));
            }
            if (removed.size() >= limit) {
                return removed;
            }
            SqlCondition others = rule.addresses().recipients();
            earlier.add(new SqlCondition("not (" + others.sql() + ")", others.values()));
        }
        return removed;
    }

    /**
     * Forgets what tells a mail that comes again from a new one, and what was sent, of before a time.
     *
     * @param before the time
     * @throws SQLException if the database refuses
     */
    public void forget(Instant before) throws SQLException {
        for (String old : List.of("smtpra_mail_digest where received_at",
                "smtpra_mail_auto_answer where answered_at")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + old + " < ?")) {
                delete.setLong(1, before.toEpochMilli());
                delete.executeUpdate();
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from smtpra_mail_sent where sent_at < ?"
                + " and not exists (select 1 from smtpra_mail m where m.id = mail_id)")) {
            delete.setLong(1, before.toEpochMilli());
            delete.executeUpdate();
        }
    }

    /** The oldest copies that are more than what may be kept. */
    private List<Copy> excess(SqlCondition mine, long octets, int limit) throws SQLException {
        long excess;
        try (PreparedStatement sum = connection.prepareStatement(
                "select sum(r.size_octets) from smtpra_mail_recipient r where " + mine.sql())) {
            mine.set(sum, 1);
            try (ResultSet row = sum.executeQuery()) {
                row.next();
                excess = row.getLong(1) - octets;
            }
        }
        List<Copy> going = new ArrayList<>();
        if (excess > 0) {
            for (Copy copy : copies(mine, limit)) {
                if (excess <= 0) {
                    break;
                }
                excess -= copy.octets();
                going.add(copy);
            }
        }
        return going;
    }

    private List<Copy> copies(SqlCondition condition, int limit) throws SQLException {
        List<Copy> copies = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select r.mail_id, r.position, r.size_octets from smtpra_mail_recipient r where " + condition.sql()
                        + " order by r.received_at, r.mail_id fetch first " + limit + " rows only")) {
            condition.set(query, 1);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    copies.add(new Copy(row.getString(1), row.getInt(2), row.getLong(3)));
                }
            }
        }
        return copies;
    }

    private Set<String> removeCopies(List<Copy> copies) throws SQLException {
        Set<String> mails = new LinkedHashSet<>();
        copies.forEach(copy -> mails.add(copy.mailId()));
        // in one order for all, so that two who remove copies of the same mails do not wait for each other
        List<String> ordered = new ArrayList<>(mails);
        Collections.sort(ordered);
        for (String mail : ordered) {
            lock(mail);
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from smtpra_mail_recipient where mail_id = ? and position = ?")) {
            for (Copy copy : copies) {
                delete.setString(1, copy.mailId());
                delete.setInt(2, copy.position());
                delete.executeUpdate();
            }
        }
        for (String mail : ordered) {
            if (copies(SqlCondition.of("r.mail_id = ?", mail), 1).isEmpty()) {
                for (String rows : TABLES) {
                    execute("delete from " + rows + " = ?", mail);
                }
            }
        }
        return mails;
    }

    private void lock(String mail) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "select id from smtpra_mail where id = ? for update")) {
            lock.setString(1, mail);
            lock.executeQuery().close();
        }
    }

    private void execute(String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.executeUpdate();
        }
    }

    /**
     * Whether a mail is still there.
     *
     * @param id of the mail
     * @return false if all of its copies are gone
     * @throws SQLException if the database refuses
     */
    public boolean isThere(String id) throws SQLException {
        return Optional.of(copies(SqlCondition.of("r.mail_id = ?", id), 1)).filter(List::isEmpty).isEmpty();
    }

    private record Copy(String mailId, int position, long octets) {
    }
}
