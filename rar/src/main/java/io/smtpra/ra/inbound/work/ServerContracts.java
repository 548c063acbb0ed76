package io.smtpra.ra.inbound.work;

import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What the server gives to an adapter.
 *
 * @param workManager its threads
 * @param transactions the transaction of the calling thread
 * @param terminator ends imported transactions
 * @param dataDirectory for what must outlive its stop; absent if it has none
 */
public record ServerContracts(
        WorkManager workManager,
        TransactionSynchronizationRegistry transactions,
        XATerminator terminator,
        Optional<Path> dataDirectory) {

    /** Refuses nulls. */
    public ServerContracts {
        Objects.requireNonNull(workManager, "workManager");
        Objects.requireNonNull(transactions, "transactions");
        Objects.requireNonNull(terminator, "terminator");
        Objects.requireNonNull(dataDirectory, "dataDirectory");
    }

    /** What a server gives that has no directory. */
    public ServerContracts(
            WorkManager workManager, TransactionSynchronizationRegistry transactions, XATerminator terminator) {
        this(workManager, transactions, terminator, Optional.empty());
    }
}
