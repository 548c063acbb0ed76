package io.smtpra.it.app;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource that votes for the commit, and then cannot be reached any more. */
public final class LateResource implements XAResource {

    @Override
    public int prepare(Xid xid) {
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        throw new XAException(XAException.XAER_RMFAIL);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        throw new XAException(XAException.XA_HEURCOM);
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
