package io.smtpra.ra.inbound.delivery;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the transaction that a thread is in. */
final class TransactionOutcome implements Synchronization {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionOutcome.class);

    private final TransactionSynchronizationRegistry transactions;
    private final boolean transacted;
    /** Written by the thread that ends the transaction: after a timeout, not the one that began it. */
    private volatile int status = Status.STATUS_UNKNOWN;

    /** The transaction of the calling thread, if it is in one. */
    TransactionOutcome(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
        this.transacted = transactions.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
    }

    /** Asks to be told its end. */
    void watch() {
        if (transacted) {
            transactions.registerInterposedSynchronization(this);
        }
    }

    /** Whether what was done is kept: because it was committed, or because there was no transaction. */
    boolean isKept() {
        return !transacted || status == Status.STATUS_COMMITTED;
    }

    /** Makes the calling thread's transaction roll back, if it is in one. */
    void setRollbackOnly() {
        if (!transacted || transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            return;
        }
        try {
            transactions.setRollbackOnly();
        } catch (IllegalStateException e) {
            // It has been ended by its timeout meanwhile, and not by a commit: nobody but this thread commits it.
            LOG.debug("A transaction had ended before it could be marked for rollback", e);
        }
    }

    @Override
    public void beforeCompletion() {
        // only the end is of interest
    }

    @Override
    public void afterCompletion(int endStatus) {
        status = endStatus;
    }
}
