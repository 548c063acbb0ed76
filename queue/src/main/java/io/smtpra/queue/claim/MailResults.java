package io.smtpra.queue.claim;

import io.smtpra.Reply;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.store.Database;
import io.smtpra.queue.store.EnvelopeColumns;
import io.smtpra.queue.store.IdList;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.RecipientResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Records how attempts ended, many in one transaction. */
public final class MailResults {

    /** One statement for all, which takes those alone whose lease is ours. */
    private static final String MAILS_AT_ONCE = "update smtpra_queue_mail m set next_at = r.next_at, lease = null,"
            + " attempts = m.attempts + 1, ended_at = r.ended_at,"
            + " warn_at = case when r.warned then null else m.warn_at end"
            + " from unnest(?, ?, ?, ?) as r(id, next_at, ended_at, warned)"
            + " where m.id = r.id and m.lease = ? returning m.id";
    private static final String RECIPIENTS_AT_ONCE = "update smtpra_queue_recipient m set state = r.state,"
            + " attempts = m.attempts + 1, reply = r.reply, next_hop_queue_id = r.queue_id, tls = r.tls,"
            + " ended_at = r.ended_at"
            + " from unnest(?, ?, ?, ?, ?, ?, ?) as r(mail_id, position, state, reply, queue_id, tls, ended_at)"
            + " where m.mail_id = r.mail_id and m.position = r.position";

    private static final String MAIL = "update smtpra_queue_mail set next_at = ?, lease = null,"
            + " attempts = attempts + 1, ended_at = ?, warn_at = case when ? = 1 then null else warn_at end where id = ?";
    private static final String RECIPIENT = "update smtpra_queue_recipient set state = ?, attempts = attempts + 1,"
            + " reply = ?, next_hop_queue_id = ?, tls = ?, ended_at = ? where mail_id = ? and position = ?";

    private MailResults() {
    }

    /**
     * Records results of one claim.
     *
     * @param connection in a transaction that the caller commits
     * @param lease of the claim
     * @param results what became of which mail
     * @param now when
     * @return the ids of those that were recorded; the others were taken over by another node after the lease had ended
     * @throws SQLException if the database refuses
     */
    public static Set<Long> record(Connection connection, long lease, List<MailResult> results, Instant now)
            throws SQLException {
        if (results.isEmpty()) {
            return Set.of();
        }
        Database database = Database.of(connection);
        if (database.isPostgreSql()) {
            return recordAtOnce(connection, lease, results, now);
        }
        Set<Long> owned = owned(connection, lease, results.stream().map(MailResult::id).toList());
        List<MailResult> ours = results.stream().filter(result -> owned.contains(result.id())).toList();
        if (!ours.isEmpty()) {
            updateMails(connection, ours, now);
            updateRecipients(connection, ours, now);
            deleteContents(connection, ours.stream().filter(MailResults::isEnded).map(MailResult::id).toList());
        }
        return owned;
    }

    private static boolean isEnded(MailResult result) {
        return result.nextAttempt().isEmpty() && !result.keepContent();
    }

    private static Set<Long> recordAtOnce(Connection connection, long lease, List<MailResult> results, Instant now)
            throws SQLException {
        Set<Long> owned = updateMailsAtOnce(connection, lease, results, now);
        List<MailResult> ours = results.stream().filter(result -> owned.contains(result.id())).toList();
        if (!ours.isEmpty()) {
            updateRecipientsAtOnce(connection, ours, now);
            deleteContents(connection, ours.stream().filter(MailResults::isEnded).map(MailResult::id).toList());
        }
        return owned;
    }

    private static Set<Long> updateMailsAtOnce(Connection connection, long lease, List<MailResult> results, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MAILS_AT_ONCE)) {
            array(update, 1, "bigint", results, MailResult::id);
            array(update, 2, "bigint", results,
                    result -> result.nextAttempt().map(Instant::toEpochMilli).orElse(null));
            array(update, 3, "bigint", results, result -> isEnded(result) ? now.toEpochMilli() : null);
            array(update, 4, "boolean", results, MailResult::warned);
            update.setLong(5, lease);
            try (ResultSet rows = update.executeQuery()) {
                Set<Long> owned = new HashSet<>();
                while (rows.next()) {
                    owned.add(rows.getLong(1));
                }
                return owned;
            }
        }
    }

    private static void updateRecipientsAtOnce(Connection connection, List<MailResult> results, Instant now)
            throws SQLException {
        List<Long> ids = results.stream()
                .flatMap(result -> result.recipients().stream().map(recipient -> result.id())).toList();
        List<RecipientResult> all = results.stream().flatMap(result -> result.recipients().stream()).toList();
        if (all.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(RECIPIENTS_AT_ONCE)) {
            array(update, 1, "bigint", ids, id -> id);
            array(update, 2, "integer", all, RecipientResult::position);
            array(update, 3, "varchar", all, recipient -> recipient.state().name());
            array(update, 4, "varchar", all, recipient -> EnvelopeColumns.text(recipient.reply()));
            array(update, 5, "varchar", all, recipient -> recipient.nextHopQueueId().orElse(null));
            array(update, 6, "varchar", all, recipient -> recipient.tls().orElse(null));
            array(update, 7, "bigint", all,
                    recipient -> recipient.state() == RecipientState.WAITING ? null : now.toEpochMilli());
            update.executeUpdate();
        }
    }

    private static <T> void array(PreparedStatement statement, int at, String type, List<T> values,
            Function<T, Object> element) throws SQLException {
        statement.setArray(at,
                statement.getConnection().createArrayOf(type, values.stream().map(element).toArray()));
    }

    /**
     * Gives mails back that were claimed and not tried: they are due as before, and no attempt is counted.
     *
     * @param connection in a transaction that the caller commits
     * @param lease of the claim
     * @param ids which
     * @param due when they are due
     * @throws SQLException if the database refuses
     */
    public static void release(Connection connection, long lease, List<Long> ids, Instant due) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        Database database = Database.of(connection);
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_mail set next_at = ?, lease = null where lease = ? and "
                        + IdList.in(database, "id", ids.size()))) {
            update.setLong(1, due.toEpochMilli());
            update.setLong(2, lease);
            IdList.set(database, update, 3, ids);
            update.executeUpdate();
        }
    }

    /**
     * Sets a mail aside whose rows make no mail: nothing of it is tried, and nothing is removed, until somebody cancels
     * it, or mends it and lets it be tried again.
     *
     * @param connection in a transaction that the caller commits
     * @param lease of the claim
     * @param id which
     * @param reason why, as a reply
     * @throws SQLException if the database refuses
     */
    public static void setAside(Connection connection, long lease, long id, Reply reason) throws SQLException {
        if (owned(connection, lease, List.of(id)).isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_recipient set state = ?, reply = ? where mail_id = ? and state = ?")) {
            update.setString(1, RecipientState.SET_ASIDE.name());
            update.setString(2, EnvelopeColumns.text(reason));
            update.setLong(3, id);
            update.setString(4, RecipientState.WAITING.name());
            update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_mail set next_at = null, lease = null where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }

    static void deleteContents(Connection connection, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        Database database = Database.of(connection);
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from smtpra_queue_content where " + IdList.in(database, "mail_id", ids.size()))) {
            IdList.set(database, delete, 1, ids);
            delete.executeUpdate();
        }
    }

    private static Set<Long> owned(Connection connection, long lease, List<Long> ids) throws SQLException {
        Set<Long> owned = new HashSet<>();
        Database database = Database.of(connection);
        try (PreparedStatement select = connection.prepareStatement(
                "select id from smtpra_queue_mail where lease = ? and " + IdList.in(database, "id", ids.size()) + " for update")) {
            select.setLong(1, lease);
            IdList.set(database, select, 2, ids);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    owned.add(rows.getLong(1));
                }
            }
        }
        return owned;
    }

    private static void updateMails(Connection connection, List<MailResult> results, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MAIL)) {
            for (MailResult result : results) {
                MailInsertion.setTime(update, 1, result.nextAttempt());
                MailInsertion.setTime(update, 2, isEnded(result) ? Optional.of(now) : Optional.empty());
                update.setInt(3, result.warned() ? 1 : 0);
                update.setLong(4, result.id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void updateRecipients(Connection connection, List<MailResult> results, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RECIPIENT)) {
            int count = 0;
            for (MailResult result : results) {
                for (RecipientResult recipient : result.recipients()) {
                    update.setString(1, recipient.state().name());
                    update.setString(2, EnvelopeColumns.text(recipient.reply()));
                    update.setString(3, recipient.nextHopQueueId().orElse(null));
                    update.setString(4, recipient.tls().orElse(null));
                    if (recipient.state() == RecipientState.WAITING) {
                        update.setNull(5, Types.BIGINT);
                    } else {
                        update.setLong(5, now.toEpochMilli());
                    }
                    update.setLong(6, result.id());
                    update.setInt(7, recipient.position());
                    update.addBatch();
                    count++;
                }
            }
            if (count > 0) {
                update.executeBatch();
            }
        }
    }
}
