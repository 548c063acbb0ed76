package io.smtpra.queue.store;

import io.smtpra.Mailbox;
import io.smtpra.queue.QueueFilter;
import io.smtpra.queue.QueueOptions.Priority;
import io.smtpra.queue.QueuedMail;
import io.smtpra.queue.QueuedRecipient;
import io.smtpra.queue.RecipientState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at mails without locking them. */
public final class MailLookup {

    private static final String MAIL = "select m.id, m.reverse_path, m.route, m.priority, m.enqueued_at, m.next_at,"
            + " m.expires_at, m.octets from smtpra_queue_mail m";

    private MailLookup() {
    }

    /**
     * Looks at one mail.
     *
     * @param connection to the database
     * @param id which
     * @return the mail, absent if there is none
     * @throws SQLException if the database refuses
     */
    public static Optional<QueuedMail> find(Connection connection, long id) throws SQLException {
        return read(connection, MAIL + " where m.id = ?", List.of(id)).stream().findFirst();
    }

    /**
     * Looks at many mails.
     *
     * @param connection to the database
     * @param filter which
     * @param after those with a larger id
     * @param limit at most so many
     * @return the mails by ascending id
     * @throws SQLException if the database refuses
     */
    public static List<QueuedMail> list(Connection connection, QueueFilter filter, long after, int limit)
            throws SQLException {
        return page(connection, filter, "m.id > ?", after, "m.id", limit);
    }

    /**
     * Looks at many mails, the newest first.
     *
     * @param connection to the database
     * @param filter which
     * @param before those with a smaller id
     * @param limit at most so many
     * @return the mails by descending id
     * @throws SQLException if the database refuses
     */
    public static List<QueuedMail> newest(Connection connection, QueueFilter filter, long before, int limit)
            throws SQLException {
        return page(connection, filter, "m.id < ?", before, "m.id desc", limit);
    }

    /**
     * Counts recipients.
     *
     * @param connection to the database
     * @return how many are in each state in which there is one
     * @throws SQLException if the database refuses
     */
    public static Map<RecipientState, Long> counts(Connection connection) throws SQLException {
        Map<RecipientState, Long> counts = new EnumMap<>(RecipientState.class);
        try (PreparedStatement count = connection.prepareStatement(
                        "select state, count(*) from smtpra_queue_recipient group by state");
                ResultSet row = count.executeQuery()) {
            while (row.next()) {
                counts.put(RecipientState.valueOf(row.getString(1)), row.getLong(2));
            }
        }
        return counts;
    }

    private static List<QueuedMail> page(Connection connection, QueueFilter filter, String place, long id, String order,
            int limit) throws SQLException {
        StringBuilder sql = new StringBuilder(MAIL).append(" where ").append(place);
        List<Object> values = new ArrayList<>(List.of(id));
        filter.route().ifPresent(route -> {
            sql.append(" and m.route = ?");
            values.add(route);
        });
        if (filter.state().isPresent() || filter.recipient().isPresent()) {
            sql.append(" and exists (select 1 from smtpra_queue_recipient r where r.mail_id = m.id");
            filter.state().ifPresent(state -> {
                sql.append(" and r.state = ?");
                values.add(state.name());
            });
            filter.recipient().ifPresent(recipient -> {
                sql.append(" and r.mailbox = ?");
                values.add(recipient.toString());
            });
            sql.append(')');
        }
        return read(connection, sql.append(" order by ").append(order).append(" fetch first ").append(limit)
                .append(" rows only").toString(), values);
    }

    /** The recipients of these mails, in the order of their envelopes. */
    public static Map<Long, List<QueuedRecipient>> recipients(Connection connection, List<Long> ids, String condition)
            throws SQLException {
        Map<Long, List<QueuedRecipient>> all = new LinkedHashMap<>();
        ids.forEach(id -> all.put(id, new ArrayList<>()));
        Database database = Database.of(connection);
        try (PreparedStatement select = connection.prepareStatement("select mail_id, state, attempts, reply,"
                + " next_hop_queue_id, tls, ended_at, " + EnvelopeColumns.OF_RECIPIENT
                + " from smtpra_queue_recipient where " + condition + IdList.in(database, "mail_id", ids.size())
                + " order by mail_id, position")) {
            IdList.set(database, select, 1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.get(row.getLong("mail_id")).add(EnvelopeColumns.recipient(row));
                }
            }
        }
        return all;
    }

    private static List<QueuedMail> read(Connection connection, String sql, List<?> values) throws SQLException {
        Map<Long, QueuedMail> mails = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    QueuedMail mail = mail(row);
                    mails.put(mail.id(), mail);
                }
            }
        }
        if (mails.isEmpty()) {
            return List.of();
        }
        Map<Long, List<QueuedRecipient>> recipients = recipients(connection, List.copyOf(mails.keySet()), "");
        mails.replaceAll((id, mail) -> new QueuedMail(id, mail.reversePath(), mail.route(), mail.priority(),
                mail.enqueued(), mail.nextAttempt(), mail.expires(), mail.octets(), recipients.get(id)));
        return List.copyOf(mails.values());
    }

    private static QueuedMail mail(ResultSet row) throws SQLException {
        long next = row.getLong("next_at");
        Optional<Instant> nextAttempt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
        return new QueuedMail(
                row.getLong("id"),
                Optional.ofNullable(row.getString("reverse_path")).map(Mailbox::parse),
                row.getString("route"),
                Priority.values()[row.getInt("priority")],
                Instant.ofEpochMilli(row.getLong("enqueued_at")),
                nextAttempt,
                Instant.ofEpochMilli(row.getLong("expires_at")),
                row.getLong("octets"),
                List.of());
    }
}
