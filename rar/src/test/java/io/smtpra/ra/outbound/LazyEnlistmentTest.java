package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.SendReceipt;
import io.smtpra.SendReceipt.State;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LazyEnlistableConnectionManager;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.transaction.RollbackException;
import org.junit.jupiter.api.Test;

/** A server that enlists a connection when it is used, and whose transactions cannot be joined otherwise. */
class LazyEnlistmentTest {

    private final TestTransactions transactions = new TestTransactions();

    @Test
    void aConnectionIsEnlistedInEachTransactionInWhichItSends() throws Exception {
        try (Outbound outbound = new Outbound()) {
            outbound.factory();
            SmtpConnectionFactory factory =
                    (SmtpConnectionFactory) outbound.managedFactory.createConnectionFactory(new LazyManager());
            try (SmtpConnection kept = factory.getConnection()) {
                assertThat(kept.send(Outbound.message("outside")).state()).isEqualTo(State.SENT);

                transactions.begin();
                SendReceipt first = kept.send(Outbound.message("first"));
                SendReceipt second = kept.send(Outbound.message("second"));
                assertThat(first.state()).isEqualTo(State.PENDING);
                transactions.commit();
                assertThat(second.state()).isEqualTo(State.SENT);

                transactions.begin();
                SendReceipt third = kept.send(Outbound.message("third"));
                transactions.rollback();
                assertThat(third.state()).isEqualTo(State.ROLLED_BACK);
            }
            assertThat(outbound.peer.mails()).hasSize(3);
        }
    }

    /** No pool; enlists when it is asked to. */
    private final class LazyManager implements ConnectionManager, LazyEnlistableConnectionManager {

        private static final long serialVersionUID = 1L;

        @Override
        public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
                throws ResourceException {
            return factory.createManagedConnection(null, info).getConnection(null, info);
        }

        @Override
        public void lazyEnlist(ManagedConnection connection) throws ResourceException {
            TestTransactions.TestTransaction transaction = transactions.getTransaction();
            if (transaction != null) {
                try {
                    transaction.enlistResource(connection.getXAResource());
                } catch (RollbackException e) {
                    throw new ResourceException(e);
                }
            }
        }
    }
}
