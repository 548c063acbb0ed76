package io.smtpra.ra.outbound;

import io.smtpra.SmtpException;
import io.smtpra.ra.server.ServerTransactions;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;

/**
 * Finds out what the server does with a connection inside a transaction, which no contract tells: by a transaction of
 * its own, which is rolled back. It takes a connection from the pool, but says nothing to the next hop.
 */
final class EnlistmentProbe {

    private EnlistmentProbe() {}

    static boolean isXa(ConnectionPool pool, OutboundContext context, ServerTransactions transactions)
            throws SmtpException {
        TransactionManager manager = transactions.manager();
        try {
            Transaction suspended = manager.suspend();
            try {
                manager.begin();
                try {
                    return isXa(pool, context);
                } finally {
                    manager.rollback();
                }
            } finally {
                if (suspended != null) {
                    manager.resume(suspended);
                }
            }
        } catch (SystemException | NotSupportedException | InvalidTransactionException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE, "The server begins no transaction: " + e, true, e);
        }
    }

    private static boolean isXa(ConnectionPool pool, OutboundContext context) throws SmtpException {
        // Such a one as will be asked for again, so that it is of further use.
        SmtpRequestInfo usual = SmtpRequestInfo.nobody().to(context.config().relay().routes().others());
        try (SmtpConnectionHandle handle = pool.allocate(usual)) {
            return handle.isInXaTransaction();
        }
    }
}
