package io.smtpra.ra.inbound.work;

import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Objects;

/**
 * What the server gives to an adapter.
 *
 * @param workManager its threads
 * @param transactions the transaction of the calling thread
 * @param terminator ends imported transactions
 */
public record ServerContracts(
        WorkManager workManager, TransactionSynchronizationRegistry transactions, XATerminator terminator) {

    /** Refuses nulls. */
    public ServerContracts {
        Objects.requireNonNull(workManager, "workManager");
        Objects.requireNonNull(transactions, "transactions");
        Objects.requireNonNull(terminator, "terminator");
    }
}
