package io.smtpra.ra.outbound;

import io.smtpra.ra.server.ServerTransactions;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A transaction manager as small as it can be: a transaction for each thread, which can be suspended and resumed. */
final class TestTransactions implements TransactionManager, ServerTransactions {

    private final ThreadLocal<TestTransaction> current = new ThreadLocal<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile Duration limit = Duration.ofMinutes(5);

    @Override
    public TransactionManager manager() {
        return this;
    }

    @Override
    public Duration timeLeft(Transaction transaction) {
        return limit;
    }

    void limit(Duration each) {
        limit = each;
    }

    @Override
    public void begin() {
        begin(numbers.incrementAndGet());
    }

    TestTransaction begin(int number) {
        if (current.get() != null) {
            throw new IllegalStateException("a transaction in a transaction");
        }
        TestTransaction begun = new TestTransaction(new TestXid(number));
        current.set(begun);
        return begun;
    }

    @Override
    public void commit() throws RollbackException {
        TestTransaction ending = getTransaction();
        try {
            ending.commit();
        } finally {
            current.remove();
        }
    }

    @Override
    public void rollback() {
        TestTransaction ending = getTransaction();
        try {
            ending.rollback();
        } finally {
            current.remove();
        }
    }

    @Override
    public int getStatus() {
        return current.get() == null ? Status.STATUS_NO_TRANSACTION : current.get().getStatus();
    }

    @Override
    public TestTransaction getTransaction() {
        return current.get();
    }

    @Override
    public void setRollbackOnly() {
        current.get().setRollbackOnly();
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        limit(Duration.ofSeconds(seconds));
    }

    @Override
    public TestTransaction suspend() {
        TestTransaction suspended = current.get();
        current.remove();
        return suspended;
    }

    @Override
    public void resume(Transaction transaction) {
        if (current.get() != null) {
            throw new IllegalStateException("a transaction in a transaction");
        }
        current.set((TestTransaction) transaction);
    }

    /** One transaction. Beside others of its kind a resource is prepared, alone it is committed in one phase. */
    static final class TestTransaction implements Transaction {

        private final Xid xid;
        private final List<XAResource> resources = new ArrayList<>();
        private final List<Runnable> endings = new ArrayList<>();
        private int status = Status.STATUS_ACTIVE;

        TestTransaction(Xid xid) {
            this.xid = xid;
        }

        Xid xid() {
            return xid;
        }

        /** Run when it has ended, however. */
        void atEnd(Runnable ending) {
            endings.add(ending);
        }

        @Override
        public synchronized boolean enlistResource(XAResource resource) throws RollbackException {
            if (status != Status.STATUS_ACTIVE) {
                throw new RollbackException("status " + status);
            }
            try {
                resource.start(xid, XAResource.TMNOFLAGS);
            } catch (XAException e) {
                throw new IllegalStateException(e);
            }
            resources.add(resource);
            return true;
        }

        @Override
        public synchronized void commit() throws RollbackException {
            if (status == Status.STATUS_MARKED_ROLLBACK) {
                rollback();
                throw new RollbackException("marked for rollback");
            }
            finish(resources.size() == 1 ? resource -> resource.commit(xid, true) : this::prepare);
        }

        /** As beside another resource. */
        synchronized void commitPrepared() throws RollbackException {
            finish(this::prepare);
        }

        private void prepare(XAResource resource) throws XAException {
            if (resource.prepare(xid) != XAResource.XA_RDONLY) {
                throw new IllegalStateException("not read-only");
            }
        }

        private void finish(Step step) throws RollbackException {
            status = Status.STATUS_PREPARING;
            Optional<XAException> failure = Optional.empty();
            for (XAResource resource : resources) {
                try {
                    resource.end(xid, XAResource.TMSUCCESS);
                    if (failure.isEmpty()) {
                        step.run(resource);
                    } else {
                        resource.rollback(xid);
                    }
                } catch (XAException e) {
                    failure = failure.or(() -> Optional.of(e));
                }
            }
            end(failure.isEmpty() ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
            if (failure.isPresent()) {
                throw (RollbackException) new RollbackException(failure.get().getMessage()).initCause(failure.get());
            }
        }

        @Override
        public synchronized void rollback() {
            for (XAResource resource : resources) {
                try {
                    resource.end(xid, XAResource.TMFAIL);
                    resource.rollback(xid);
                } catch (XAException e) {
                    throw new IllegalStateException(e);
                }
            }
            end(Status.STATUS_ROLLEDBACK);
        }

        private void end(int ended) {
            status = ended;
            resources.clear();
            endings.forEach(Runnable::run);
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        public synchronized void setRollbackOnly() {
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public boolean delistResource(XAResource resource, int flag) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerSynchronization(Synchronization synchronization) {
            throw new UnsupportedOperationException();
        }

        private interface Step {
            void run(XAResource resource) throws XAException;
        }
    }

    /** A branch; two with the same number are equal in their octets alone, as in a real transaction manager. */
    record TestXid(int number) implements Xid {

        @Override
        public int getFormatId() {
            return 4711;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1, (byte) number, (byte) (number >> 8)};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {2};
        }
    }
}
