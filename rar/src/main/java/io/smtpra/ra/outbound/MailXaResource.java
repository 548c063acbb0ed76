package io.smtpra.ra.outbound;

import io.smtpra.SmtpException;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Sends at commit. {@code prepare} sends and votes read-only, a one-phase {@code commit} sends, {@code rollback} sends
 * nothing. Whatever happens, the branch is finished afterwards: nothing is ever in doubt, so there is nothing to
 * recover.
 *
 * <p>A refusal is an {@code XA_RBROLLBACK} in either call, upon which the transaction manager rolls everything else
 * back.
 */
final class MailXaResource implements XAResource {

    private final Branches branches;
    private final Dispatch dispatch;
    private final Runnable foreignRollback;

    /**
     * For one managed connection.
     *
     * @param foreignRollback run when a transaction is rolled back behind the application's back, by its time limit,
     *     say
     */
    MailXaResource(Branches branches, Dispatch dispatch, Runnable foreignRollback) {
        this.branches = branches;
        this.dispatch = dispatch;
        this.foreignRollback = foreignRollback;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        BranchId id = new BranchId(xid);
        if (branches.current().isPresent()) {
            throw failure(XAException.XAER_PROTO, "The connection is in another transaction");
        }
        switch (flags) {
            case TMNOFLAGS -> {
                if (branches.find(id).isPresent()) {
                    throw failure(XAException.XAER_DUPID, "The branch is known already");
                }
                Branch branch = new Branch();
                branches.add(id, branch);
                branches.associate(branch);
            }
            case TMJOIN, TMRESUME -> branches.associate(known(id));
            default -> throw failure(XAException.XAER_INVAL, "start has no flags " + flags);
        }
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        Branch branch = known(new BranchId(xid));
        switch (flags) {
            case TMSUCCESS, TMSUSPEND -> branches.dissociate(branch);
            case TMFAIL -> {
                branch.setRollbackOnly();
                warnApplication(branch);
                branches.dissociate(branch);
            }
            default -> throw failure(XAException.XAER_INVAL, "end has no flags " + flags);
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        finish(xid);
        return XA_RDONLY;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (!onePhase) {
            // A prepared branch has voted read-only and is forgotten.
            throw failure(XAException.XAER_NOTA, "No branch waits for its second phase");
        }
        finish(xid);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        warnApplication(known(new BranchId(xid)));
        dispatch.discard(removed(xid).end());
    }

    /** Each connection has its own mails, so branches are never joined across connections. */
    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public Xid[] recover(int flags) {
        return new Xid[0];
    }

    @Override
    public void forget(Xid xid) {
        // Nothing is ever decided heuristically.
    }

    /** The time-outs of the connection bound each sending; the transaction manager's own limit bounds the rest. */
    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    private void finish(Xid xid) throws XAException {
        Branch branch = removed(xid);
        List<Mail> mails = branch.end();
        if (branch.isRollbackOnly()) {
            dispatch.discard(mails);
            throw failure(XAException.XA_RBROLLBACK, "The branch had failed before");
        }
        try {
            dispatch.sendAll(mails);
        } catch (SmtpException e) {
            throw (XAException) failure(XAException.XA_RBROLLBACK, e.getMessage()).initCause(e);
        }
    }

    /** Before the branch is dissociated, lest the application's next mail goes out at once. */
    private void warnApplication(Branch branch) {
        if (branch.isForeignThread()) {
            foreignRollback.run();
        }
    }

    private Branch known(BranchId id) throws XAException {
        return branches.find(id).orElseThrow(() -> failure(XAException.XAER_NOTA, "The branch is not known"));
    }

    private Branch removed(Xid xid) throws XAException {
        return branches.remove(new BranchId(xid))
                .orElseThrow(() -> failure(XAException.XAER_NOTA, "The branch is not known"));
    }

    private static XAException failure(int code, String message) {
        XAException exception = new XAException(message);
        exception.errorCode = code;
        return exception;
    }
}
