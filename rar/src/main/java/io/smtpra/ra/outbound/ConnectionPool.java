package io.smtpra.ra.outbound;

import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.relay.NextHop;
import io.smtpra.ra.outbound.relay.NextHopSession;
import io.smtpra.ra.outbound.relay.Sessions;
import io.smtpra.ra.server.ServerTransactions;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.SecurityException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The server's pool of connections, as sendings use it that are not bound to one connection. */
final class ConnectionPool {

    private static final int MAX_CAUSES = 20;

    private final SmtpManagedConnectionFactory managedFactory;
    private final ConnectionManager connectionManager;

    ConnectionPool(SmtpManagedConnectionFactory managedFactory, ConnectionManager connectionManager) {
        this.managedFactory = managedFactory;
        this.connectionManager = connectionManager;
    }

    /** A connection, which the server enlists in the transaction of this thread if there is one. */
    SmtpConnectionHandle allocate(SmtpRequestInfo info) throws SmtpException {
        try {
            SmtpConnectionHandle handle =
                    (SmtpConnectionHandle) connectionManager.allocateConnection(managedFactory, info);
            handle.comesFrom(connectionManager);
            return handle;
        } catch (ResourceException e) {
            throw smtpException(e);
        }
    }

    /** Sessions for a user, taken from the pool outside any transaction for as long as they are lent. */
    Sessions sessions(SmtpRequestInfo user, ServerTransactions transactions) {
        return hop -> new PooledLease(hop, user.to(hop), transactions);
    }

    /** What the next hop said, if it came to that; else what the server says, mostly that the pool is exhausted. */
    private static SmtpException smtpException(ResourceException e) {
        Optional<SmtpException> fromNextHop = cause(e, SmtpException.class);
        boolean forGood = cause(e, InvalidPropertyException.class).isPresent()
                || cause(e, SecurityException.class).isPresent();
        return fromNextHop.orElseGet(() -> new SmtpException(SmtpException.Phase.PREPARE,
                "No connection from the pool: " + e.getMessage(), !forGood, e));
    }

    private static <T> Optional<T> cause(Throwable thrown, Class<T> type) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private final class PooledLease implements Sessions.Lease {

        private final ServerTransactions transactions;
        private final SmtpConnectionHandle handle;
        private final NextHopSession session;

        PooledLease(NextHop hop, SmtpRequestInfo info, ServerTransactions transactions) throws SmtpException {
            this.transactions = transactions;
            Optional<Transaction> suspended = suspend();
            try {
                handle = allocate(info);
                session = handle.session(hop);
            } finally {
                resume(suspended);
            }
        }

        @Override
        public NextHopSession session() {
            return session;
        }

        @Override
        public void broke(SmtpException why) {
            handle.broke(why);
        }

        @Override
        public void close() {
            Optional<Transaction> suspended = suspend();
            try {
                handle.close();
            } finally {
                resume(suspended);
            }
        }

        /** A server would enlist what is allocated inside a transaction, and keep it until its end. */
        private Optional<Transaction> suspend() {
            try {
                return Optional.ofNullable(transactions.manager().suspend());
            } catch (SystemException e) {
                throw new IllegalStateException("The server's transaction cannot be suspended", e);
            }
        }

        private void resume(Optional<Transaction> suspended) {
            if (suspended.isPresent()) {
                try {
                    transactions.manager().resume(suspended.get());
                } catch (InvalidTransactionException | SystemException e) {
                    throw new IllegalStateException("The server's transaction cannot be resumed", e);
                }
            }
        }
    }
}
