package io.smtpra.queue.claim;

import io.smtpra.queue.RecipientState;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.MailLookup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Cancels a mail, or lets it be tried now; never one that is being sent at this moment. */
public final class MailControl {

    private MailControl() {
    }

    /**
     * Ends what waits of a mail.
     *
     * @param connection in a transaction that the caller commits
     * @param id which
     * @param now when
     * @return whether anything was ended
     * @throws SQLException if the database refuses
     */
    public static boolean cancel(Connection connection, long id, Instant now) throws SQLException {
        if (!lockIdle(connection, id, now)) {
            return false;
        }
        int ended = move(connection, id, List.of(RecipientState.WAITING, RecipientState.SET_ASIDE),
                RecipientState.CANCELLED, Optional.of(now));
        if (ended == 0) {
            return false;
        }
        schedule(connection, id, Optional.empty(), Optional.of(now));
        MailResults.deleteContents(connection, List.of(id));
        return true;
    }

    /**
     * Makes a mail due.
     *
     * @param connection in a transaction that the caller commits
     * @param id which
     * @param now when
     * @return whether it is due now
     * @throws SQLException if the database refuses
     */
    public static boolean retry(Connection connection, long id, Instant now) throws SQLException {
        if (!lockIdle(connection, id, now)) {
            return false;
        }
        move(connection, id, List.of(RecipientState.SET_ASIDE), RecipientState.WAITING, Optional.empty());
        if (MailLookup.recipients(connection, List.of(id), "state = '" + RecipientState.WAITING + "' and ").get(id)
                .isEmpty()) {
            return false;
        }
        schedule(connection, id, Optional.of(now), Optional.empty());
        return true;
    }

    /** Locks the row; false if there is none, or if a lease on it has not ended. */
    private static boolean lockIdle(Connection connection, long id, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select next_at, lease from smtpra_queue_mail where id = ? for update")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                long next = row.getLong("next_at");
                row.getLong("lease");
                return row.wasNull() || next <= now.toEpochMilli();
            }
        }
    }

    private static int move(Connection connection, long id, List<RecipientState> from, RecipientState to,
            Optional<Instant> ended) throws SQLException {
        int moved = 0;
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_recipient set state = ?, ended_at = ? where mail_id = ? and state = ?")) {
            for (RecipientState state : from) {
                update.setString(1, to.name());
                MailInsertion.setTime(update, 2, ended);
                update.setLong(3, id);
                update.setString(4, state.name());
                moved += update.executeUpdate();
            }
        }
        return moved;
    }

    private static void schedule(Connection connection, long id, Optional<Instant> next, Optional<Instant> ended)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_mail set next_at = ?, lease = null, ended_at = ? where id = ?")) {
            MailInsertion.setTime(update, 1, next);
            MailInsertion.setTime(update, 2, ended);
            update.setLong(3, id);
            update.executeUpdate();
        }
    }
}
