package io.smtpra.ra.outbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/**
 * A server's pool: a bounded number of connections for any number of threads. One that is allocated in a transaction is
 * enlisted in it, and belongs to it until it ends.
 */
final class TestPool implements ConnectionManager, ConnectionEventListener {

    private static final long serialVersionUID = 1L;
    private static final int BLOCKING_SECONDS = 20;

    private final transient TestTransactions transactions;
    private final transient Semaphore permits;
    private final transient List<ManagedConnection> idle = new ArrayList<>();
    private final transient Map<TestTransactions.TestTransaction, ManagedConnection> tracked =
            new ConcurrentHashMap<>();
    private final transient List<ConnectionEvent> errors = new CopyOnWriteArrayList<>();
    private transient boolean enlists = true;
    private transient Subject subject;
    private int created;
    private int destroyed;

    TestPool() {
        this(new TestTransactions(), 100);
    }

    TestPool(TestTransactions transactions, int most) {
        this.transactions = transactions;
        this.permits = new Semaphore(most, true);
    }

    /** As a pool whose administrator wants no transactions. */
    void enlistsNothing() {
        enlists = false;
    }

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        TestTransactions.TestTransaction transaction = transactions.getTransaction();
        if (transaction == null || !enlists) {
            return fromPool(factory, info).getConnection(subject, info);
        }
        if (transaction.getStatus() != Status.STATUS_ACTIVE) {
            throw new ResourceException("The transaction is not active");
        }
        ManagedConnection connection = tracked.get(transaction);
        if (connection == null) {
            connection = fromPool(factory, info);
            tracked.put(transaction, connection);
            ManagedConnection enlisted = connection;
            transaction.atEnd(() -> {
                tracked.remove(transaction);
                giveBack(enlisted);
            });
            try {
                transaction.enlistResource(connection.getXAResource());
            } catch (RollbackException e) {
                throw new ResourceException(e);
            }
        }
        return connection.getConnection(subject, info);
    }

    private ManagedConnection fromPool(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        try {
            if (!permits.tryAcquire(BLOCKING_SECONDS, TimeUnit.SECONDS)) {
                throw new ResourceException("no connection within " + BLOCKING_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new ResourceException(e);
        }
        synchronized (this) {
            for (ManagedConnection candidate : List.copyOf(idle)) {
                if (factory.matchManagedConnections(Set.of(candidate), subject, info) == candidate) {
                    idle.remove(candidate);
                    if (((ValidatingManagedConnectionFactory) factory)
                            .getInvalidConnections(Set.of(candidate)).isEmpty()) {
                        return candidate;
                    }
                    candidate.destroy();
                    destroyed++;
                }
            }
            ManagedConnection connection = factory.createManagedConnection(subject, info);
            connection.addConnectionEventListener(this);
            created++;
            return connection;
        }
    }

    private synchronized void giveBack(ManagedConnection connection) {
        try {
            connection.cleanup();
        } catch (ResourceException e) {
            throw new IllegalStateException(e);
        }
        idle.add(connection);
        permits.release();
    }

    void signOn(Subject signedOn) {
        subject = signedOn;
    }

    Xid begin(int number) {
        return transactions.begin(number).xid();
    }

    /** As with one resource: the one-phase commit. */
    void commitOnePhase() throws Exception {
        finish(TestTransactions.TestTransaction::commit);
    }

    /** As beside another resource: prepare, which must vote read-only. */
    void prepare() throws Exception {
        finish(TestTransactions.TestTransaction::commitPrepared);
    }

    void rollback() {
        transactions.rollback();
    }

    private void finish(Ending ending) throws Exception {
        try {
            ending.run(transactions.getTransaction());
        } catch (RollbackException e) {
            throw e.getCause() instanceof XAException refusal ? refusal : e;
        } finally {
            transactions.suspend();
        }
    }

    TestTransactions transactions() {
        return transactions;
    }

    List<ConnectionEvent> errors() {
        return errors;
    }

    synchronized int created() {
        return created;
    }

    synchronized int destroyed() {
        return destroyed;
    }

    synchronized int idle() {
        return idle.size();
    }

    ManagedConnection trackedConnection() {
        return tracked.get(transactions.getTransaction());
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        ManagedConnection connection = (ManagedConnection) event.getSource();
        boolean broken = errors.stream().anyMatch(error -> error.getSource() == connection);
        if (!tracked.containsValue(connection) && !broken) {
            giveBack(connection);
        }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        errors.add(event);
        permits.release();
        try {
            ((ManagedConnection) event.getSource()).destroy();
        } catch (ResourceException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        throw new IllegalStateException("the server begins transactions");
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        throw new IllegalStateException("the server ends transactions");
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        throw new IllegalStateException("the server ends transactions");
    }

    private interface Ending {
        void run(TestTransactions.TestTransaction transaction) throws RollbackException;
    }
}
