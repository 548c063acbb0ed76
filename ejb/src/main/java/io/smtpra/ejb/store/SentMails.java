package io.smtpra.ejb.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was sent on from the mailbox, by its id in the outbound queue, and who got automatic answers. */
public final class SentMails {

    private final Connection connection;

    /**
     * Asks a database.
     *
     * @param connection to it
     */
    public SentMails(Connection connection) {
        this.connection = connection;
    }

    /**
     * Notes that something was sent.
     *
     * @param queueId its id in the queue
     * @param mailId the mail that it was made from
     * @param kind what it is
     * @param subject its subject
     * @param user who sent it
     * @throws SQLException if the database refuses
     */
    public void add(long queueId, String mailId, Kind kind, String subject, String user) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into smtpra_mail_sent"
                + " (queue_id, mail_id, kind, subject, sent_by, sent_at) values (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, queueId);
            insert.setString(2, mailId);
            insert.setString(3, kind.name());
            insert.setString(4, MailFacts.clean(subject, 1000));
            insert.setString(5, MailFacts.clean(user, 255));
            insert.setLong(6, Instant.now().toEpochMilli());
            insert.executeUpdate();
        }
    }

    /**
     * The subjects of what was sent.
     *
     * @param queueIds its ids in the queue
     * @return by id; what was not sent from the mailbox is not among them
     * @throws SQLException if the database refuses
     */
    public Map<Long, String> subjects(List<Long> queueIds) throws SQLException {
        Map<Long, String> subjects = new HashMap<>();
        if (queueIds.isEmpty()) {
            return subjects;
        }
        try (PreparedStatement query = connection.prepareStatement("select queue_id, subject from smtpra_mail_sent"
                + " where queue_id in (" + "?, ".repeat(queueIds.size() - 1) + "?)")) {
            for (int i = 0; i < queueIds.size(); i++) {
                query.setLong(i + 1, queueIds.get(i));
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    subjects.put(row.getLong(1), row.getString(2));
                }
            }
        }
        return subjects;
    }

    /**
     * Counts the automatic answers that somebody has got.
     *
     * @param recipient who
     * @param since when
     * @return how many
     * @throws SQLException if the database refuses
     */
    public long automaticAnswers(String recipient, Instant since) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(
                "select count(*) from smtpra_mail_auto_answer where recipient = ? and answered_at > ?")) {
            count.setString(1, recipient);
            count.setLong(2, since.toEpochMilli());
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Notes that somebody gets an automatic answer.
     *
     * @param recipient who
     * @throws SQLException if the database refuses
     */
    public void addAutomaticAnswer(String recipient) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into smtpra_mail_auto_answer (recipient, answered_at) values (?, ?)")) {
            insert.setString(1, recipient);
            insert.setLong(2, Instant.now().toEpochMilli());
            insert.executeUpdate();
        }
    }

    /** What something that was sent is. */
    public enum Kind {
        /** An answer to whoever wrote the mail. */
        ANSWER,
        /** The mail within another one. */
        FORWARD,
        /** The mail itself, octet for octet, with fields before it that say who sent it on. */
        RESEND
    }
}
