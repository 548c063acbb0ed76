package io.smtpra.ra.outbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A server's pool and transaction manager, as small as they can be: one thread, one pool, one transaction. */
final class TestPool implements ConnectionManager, ConnectionEventListener {

    private static final long serialVersionUID = 1L;

    private final transient List<ManagedConnection> idle = new ArrayList<>();
    private final transient List<ManagedConnection> tracked = new ArrayList<>();
    private final transient List<ConnectionEvent> errors = new ArrayList<>();
    private transient Xid transaction;
    private transient Subject subject;
    private int created;

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        ManagedConnection connection = tracked.isEmpty() ? fromPool(factory, info) : tracked.get(0);
        try {
            if (transaction != null && tracked.isEmpty()) {
                tracked.add(connection);
                connection.getXAResource().start(transaction, XAResource.TMNOFLAGS);
            }
            return connection.getConnection(subject, info);
        } catch (XAException e) {
            throw new ResourceException(e);
        }
    }

    private ManagedConnection fromPool(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        while (!idle.isEmpty()) {
            ManagedConnection candidate = idle.remove(idle.size() - 1);
            boolean valid =
                    ((ValidatingManagedConnectionFactory) factory).getInvalidConnections(Set.of(candidate)).isEmpty();
            if (valid && factory.matchManagedConnections(Set.of(candidate), subject, info) == candidate) {
                return candidate;
            }
            candidate.destroy();
        }
        ManagedConnection connection = factory.createManagedConnection(subject, info);
        connection.addConnectionEventListener(this);
        created++;
        return connection;
    }

    void signOn(Subject signedOn) {
        subject = signedOn;
    }

    Xid begin(int number) {
        transaction = new TestXid(number);
        return transaction;
    }

    /** As with one resource: the one-phase commit. */
    void commitOnePhase() throws Exception {
        finish(resource -> resource.commit(transaction, true), XAResource.TMSUCCESS);
    }

    /** As beside another resource: prepare, which must vote read-only. */
    void prepare() throws Exception {
        finish(resource -> {
            if (resource.prepare(transaction) != XAResource.XA_RDONLY) {
                throw new IllegalStateException("not read-only");
            }
        }, XAResource.TMSUCCESS);
    }

    void rollback() throws Exception {
        finish(resource -> resource.rollback(transaction), XAResource.TMFAIL);
    }

    private void finish(Phase phase, int flags) throws Exception {
        try {
            for (ManagedConnection connection : tracked) {
                connection.getXAResource().end(transaction, flags);
                phase.run(connection.getXAResource());
            }
        } finally {
            transaction = null;
            for (ManagedConnection connection : tracked) {
                connection.cleanup();
                idle.add(connection);
            }
            tracked.clear();
        }
    }

    List<ConnectionEvent> errors() {
        return errors;
    }

    int created() {
        return created;
    }

    int idle() {
        return idle.size();
    }

    ManagedConnection trackedConnection() {
        return tracked.get(0);
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        ManagedConnection connection = (ManagedConnection) event.getSource();
        if (!tracked.contains(connection)) {
            try {
                connection.cleanup();
            } catch (ResourceException e) {
                throw new IllegalStateException(e);
            }
            idle.add(connection);
        }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        errors.add(event);
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

    private interface Phase {
        void run(XAResource resource) throws XAException;
    }

    /** A branch; two with the same number are equal in their octets alone, as in a real transaction manager. */
    static final class TestXid implements Xid {

        private final int number;

        TestXid(int number) {
            this.number = number;
        }

        @Override
        public int getFormatId() {
            return 4711;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1, (byte) number};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {2};
        }
    }
}
