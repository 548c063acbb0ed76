package io.smtpra.queue.sending;

import io.smtpra.queue.claim.ClaimedMail;
import io.smtpra.queue.store.RecipientResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Tells a sender what became of a mail, by a mail. */
public interface Reports {

    /** What there is to tell. */
    enum Reason {
        /** It will not be delivered. */
        FAILED,
        /** It is late, and still tried. */
        DELAYED
    }

    /**
     * Puts a report into the queue, unless nobody is to be told.
     *
     * @param connection in the transaction that records what is told
     * @param mail which
     * @param recipients of whom it tells
     * @param reason what it tells
     * @throws SQLException if the database refuses
     */
    void report(Connection connection, ClaimedMail mail, List<RecipientResult> recipients, Reason reason)
            throws SQLException;
}
