package io.smtpra.ra.outbound.transaction;

import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.relay.Dispatch;
import io.smtpra.ra.outbound.relay.MailToSend;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
public final class MailXaResource implements XAResource {

    private final Branches branches;
    private final Dispatch dispatch;
    private final Optional<Duration> limit;
    private final Events events;
    private volatile int timeoutSeconds;

    /** What its owner wants to know. */
    public interface Events {

        /** A transaction is rolled back behind the application's back, by its time limit, say. */
        void foreignRollback();

        /** A branch is finished. */
        void finished();
    }

    /**
     * For the branches of one owner.
     *
     * @param limit how long a transaction may take from its start here, where that is known
     */
    public MailXaResource(Branches branches, Dispatch dispatch, Optional<Duration> limit, Events events) {
        this.branches = branches;
        this.dispatch = dispatch;
        this.limit = limit;
        this.events = events;
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
                Branch branch = new Branch(limit());
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

    /** Each has its own mails, so branches are never joined across resources. */
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

    /** For branches that are started from now on. Zero is the default again: no limit of ours. */
    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        if (seconds < 0) {
            throw failure(XAException.XAER_INVAL, "A time limit is not negative");
        }
        timeoutSeconds = seconds;
        return true;
    }

    @Override
    public int getTransactionTimeout() {
        return timeoutSeconds;
    }

    @Override
    public String toString() {
        return "smtp-ra mails of a transaction";
    }

    private void finish(Xid xid) throws XAException {
        Branch branch = removed(xid);
        List<MailToSend> mails = branch.end();
        if (branch.isRollbackOnly()) {
            dispatch.discard(mails);
            throw failure(XAException.XA_RBROLLBACK, "The branch had failed before");
        }
        Optional<Duration> left = branch.left();
        if (left.filter(Duration::isZero).isPresent()) {
            dispatch.discard(mails);
            throw failure(XAException.XA_RBTIMEOUT, "The transaction's time limit is reached: its mails were not sent");
        }
        try {
            dispatch.send(mails, left);
        } catch (SmtpException e) {
            throw failure(XAException.XA_RBROLLBACK, e);
        }
    }

    private Optional<Duration> limit() {
        return Stream.concat(limit.stream(),
                        timeoutSeconds > 0 ? Stream.of(Duration.ofSeconds(timeoutSeconds)) : Stream.empty())
                .min(Duration::compareTo);
    }

    /** Before the branch is dissociated, lest the application's next mail goes out at once. */
    private void warnApplication(Branch branch) {
        if (branch.isForeignThread()) {
            events.foreignRollback();
        }
    }

    private Branch known(BranchId id) throws XAException {
        return branches.find(id).orElseThrow(() -> failure(XAException.XAER_NOTA, "The branch is not known"));
    }

    private Branch removed(Xid xid) throws XAException {
        Branch branch = branches.remove(new BranchId(xid))
                .orElseThrow(() -> failure(XAException.XAER_NOTA, "The branch is not known"));
        events.finished();
        return branch;
    }

    private static XAException failure(int code, String message) {
        return new QuietXaException(code, message);
    }

    private static XAException failure(int code, SmtpException cause) {
        return (XAException) new QuietXaException(code, cause.getMessage()).initCause(QuietXaException.hushed(cause));
    }
}
