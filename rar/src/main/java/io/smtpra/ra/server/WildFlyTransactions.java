package io.smtpra.ra.server;

import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import org.wildfly.transaction.client.AbstractTransaction;
import org.wildfly.transaction.client.ContextTransactionManager;

/** The transactions of WildFly. */
final class WildFlyTransactions implements ServerTransactions {

    private static final Duration NO_LIMIT = Duration.ofDays(1);

    @Override
    public TransactionManager manager() {
        return ContextTransactionManager.getInstance();
    }

    @Override
    public Duration timeLeft(Transaction transaction) {
        return transaction instanceof AbstractTransaction ours && ours.getTransactionTimeout() > 0
                ? Duration.ofSeconds(Math.max(0, ours.getEstimatedRemainingTime())) : NO_LIMIT;
    }
}
