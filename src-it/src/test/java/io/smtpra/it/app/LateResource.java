package io.smtpra.it.app;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A resource that votes for the commit, then cannot be reached until there is a file. It can be written down, so that the
 * server has it again when it reads its log of transactions.
 */
public final class LateResource implements XAResource, Serializable {

    private static final long serialVersionUID = 1L;

    private final String reachable;

    /** A resource that can be reached once the file is there. */
    public LateResource(String reachable) {
        this.reachable = reachable;
    }

    @Override
    public int prepare(Xid xid) {
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (!Files.exists(Path.of(reachable))) {
            throw new XAException(XAException.XAER_RMFAIL);
        }
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
