package io.smtpra.it.app;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource that fails at one step of the commit. */
public final class FailingResource implements XAResource {

    /** Where it fails. */
    public enum Step {
        PREPARE,
        ONE_PHASE,
        AFTER_PREPARE
    }

    private final Step step;

    /** Fails at a step. */
    public FailingResource(Step step) {
        this.step = step;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        if (step == Step.PREPARE) {
            throw new XAException(XAException.XA_RBINTEGRITY);
        }
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (onePhase && step == Step.ONE_PHASE) {
            throw new XAException(XAException.XA_RBINTEGRITY);
        }
        if (step == Step.AFTER_PREPARE) {
            throw new XAException(XAException.XAER_RMFAIL);
        }
    }

    @Override
    public void rollback(Xid xid) {
        // nothing is kept here
    }

    @Override
    public void start(Xid xid, int flags) {
        // nothing is kept here
    }

    @Override
    public void end(Xid xid, int flags) {
        // nothing is kept here
    }

    @Override
    public void forget(Xid xid) {
        // nothing is kept here
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
