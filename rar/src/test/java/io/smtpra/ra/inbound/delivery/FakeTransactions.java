package io.smtpra.ra.inbound.delivery;

import jakarta.resource.spi.XATerminator;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Transactions without a server: begun and ended by the fake endpoint, or imported. */
public final class FakeTransactions implements TransactionSynchronizationRegistry, XATerminator {

    /** How a transaction is to end. */
    enum Fault {
        NONE,
        COMMIT_FAILS,
        PREPARE_FAILS,
        READ_ONLY,
        CANNOT_BE_WATCHED,
        HEURISTIC_ROLLBACK,
        CANNOT_RECOVER,
        COMMIT_WANTS_ANOTHER_TRY,
        COMMIT_OF_PREPARED_FAILS,
        CANNOT_ROLL_BACK
    }

    /** One transaction. */
    static final class Transaction {
        final List<Synchronization> synchronizations = new ArrayList<>();
        volatile int status = Status.STATUS_ACTIVE;

        void end(int endStatus) {
            status = endStatus;
            synchronizations.forEach(synchronization -> synchronization.afterCompletion(endStatus));
        }
    }

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<Xid> inDoubt = new CopyOnWriteArrayList<>();
    volatile Fault fault = Fault.NONE;
    /** What a commit does before it commits. */
    volatile Runnable flush = () -> {};
    private boolean scanning;
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();
    private final Map<Xid, Transaction> imported = new ConcurrentHashMap<>();

    Transaction begin() {
        Transaction transaction = new Transaction();
        current.set(transaction);
        return transaction;
    }

    /** Commits or rolls back the thread's transaction; false if it should have been committed and was not. */
    boolean end() {
        Transaction transaction = current.get();
        current.remove();
        boolean commit = transaction.status == Status.STATUS_ACTIVE;
        boolean fails = fault == Fault.COMMIT_FAILS;
        if (commit) {
            flush.run();
        }
        transaction.end(commit && !fails ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
        log.add(commit && !fails ? "committed" : "rolled back");
        return !(commit && fails);
    }

    /** Whether no imported transaction is left. */
    boolean isOver() {
        return imported.isEmpty();
    }

    void enter(Xid xid) {
        current.set(imported.computeIfAbsent(xid, key -> new Transaction()));
    }

    void leave() {
        current.remove();
    }

    @Override
    public int getTransactionStatus() {
        return current.get() == null ? Status.STATUS_NO_TRANSACTION : current.get().status;
    }

    @Override
    public void setRollbackOnly() {
        if (current.get() == null) {
            throw new IllegalStateException("no transaction");
        }
        current.get().status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public boolean getRollbackOnly() {
        return getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        if (fault == Fault.CANNOT_BE_WATCHED) {
            throw new IllegalStateException("The transaction takes no synchronization");
        }
        current.get().synchronizations.add(synchronization);
    }

    @Override
    public Object getTransactionKey() {
        return current.get();
    }

    @Override
    public void putResource(Object key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getResource(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        log.add("prepare");
        flush.run();
        Transaction transaction = imported.get(xid);
        if (fault == Fault.PREPARE_FAILS || transaction.status != Status.STATUS_ACTIVE) {
            imported.remove(xid);
            throw new XAException(XAException.XA_RBROLLBACK);
        }
        return fault == Fault.READ_ONLY ? XAResource.XA_RDONLY : XAResource.XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        log.add(onePhase ? "commit one-phase" : "commit");
        if (fault == Fault.COMMIT_OF_PREPARED_FAILS) {
            throw new XAException(XAException.XAER_RMERR);
        }
        if (fault == Fault.COMMIT_WANTS_ANOTHER_TRY) {
            throw new XAException(XAException.XA_RETRY);
        }
        if (fault == Fault.HEURISTIC_ROLLBACK) {
            throw new XAException(XAException.XA_HEURRB);
        }
        imported.remove(xid);
        inDoubt.removeIf(other -> isSame(other, xid));
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        log.add("rollback");
        if (fault == Fault.CANNOT_ROLL_BACK) {
            throw new XAException(XAException.XAER_RMFAIL);
        }
        imported.remove(xid);
        inDoubt.removeIf(other -> isSame(other, xid));
    }

    private static boolean isSame(Xid one, Xid other) {
        return one.getFormatId() == other.getFormatId()
                && Arrays.equals(one.getGlobalTransactionId(), other.getGlobalTransactionId())
                && Arrays.equals(one.getBranchQualifier(), other.getBranchQualifier());
    }

    @Override
    public void forget(Xid xid) {
        log.add("forget");
        imported.remove(xid);
    }

    @Override
    public synchronized Xid[] recover(int flag) throws XAException {
        if (scanning == (flag == XAResource.TMSTARTRSCAN)) {
            throw new XAException(XAException.XAER_PROTO);
        }
        scanning = flag == XAResource.TMSTARTRSCAN;
        if (scanning && fault == Fault.CANNOT_RECOVER) {
            throw new XAException(XAException.XAER_RMERR);
        }
        return flag == XAResource.TMSTARTRSCAN ? inDoubt.toArray(Xid[]::new) : new Xid[0];
    }
}
