package io.smtpra.ra.server;

import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.time.Duration;

/** The server's transactions, for work that takes part in them by itself, not as a pooled connection. */
public interface ServerTransactions {

    /** Begins, suspends and resumes them. */
    TransactionManager manager();

    /**
     * How long a transaction may still take before the server ends it.
     *
     * @param transaction one of this server
     * @return zero if its time is up
     */
    Duration timeLeft(Transaction transaction);
}
