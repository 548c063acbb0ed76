package io.smtpra.queue.sending;

import java.sql.Connection;
import java.sql.SQLException;

/** Transactions of the queue's own, apart from any that the caller has. */
public interface Transactions {

    /**
     * Does something in a new transaction, and commits it.
     *
     * @param work what
     * @param <T> of its result
     * @return its result
     * @throws SQLException if it or the commit fails; then nothing of it was done
     */
    <T> T inNew(Work<T> work) throws SQLException;

    /**
     * Work within a transaction.
     *
     * @param <T> of its result
     */
    @FunctionalInterface
    interface Work<T> {

        /**
         * Does it.
         *
         * @param connection within the transaction
         * @return the result
         * @throws SQLException if the database refuses; the transaction is rolled back
         */
        T on(Connection connection) throws SQLException;
    }
}
