package io.smtpra.ra.outbound.transaction;

import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.relay.Dispatch;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.LocalTransactionException;
import java.util.Optional;

/** Sends at commit, for servers that are configured to use one-phase transactions with this resource. */
public final class MailLocalTransaction implements LocalTransaction {

    private final Branches branches;
    private final Dispatch dispatch;
    private final Runnable foreignRollback;
    private Optional<Branch> begun = Optional.empty();

    /**
     * For one managed connection.
     *
     * @param foreignRollback run when a transaction is rolled back behind the application's back, by its time limit,
     *     say
     */
    public MailLocalTransaction(Branches branches, Dispatch dispatch, Runnable foreignRollback) {
        this.branches = branches;
        this.dispatch = dispatch;
        this.foreignRollback = foreignRollback;
    }

    @Override
    public void begin() throws ResourceException {
        if (branches.current().isPresent()) {
            throw new LocalTransactionException("The connection is in a transaction already");
        }
        Branch branch = new Branch(Optional.empty());
        branches.associate(branch);
        synchronized (this) {
            begun = Optional.of(branch);
        }
    }

    @Override
    public void commit() throws ResourceException {
        try {
            Branch branch = finished();
            dispatch.send(branch.end(), branch.left());
        } catch (SmtpException e) {
            throw new LocalTransactionException(e.getMessage(), e);
        }
    }

    @Override
    public void rollback() throws ResourceException {
        synchronized (this) {
            // Before it is dissociated, lest the application's next mail goes out at once.
            begun.filter(Branch::isForeignThread).ifPresent(branch -> foreignRollback.run());
        }
        dispatch.discard(finished().end());
    }

    /** Whether the server has begun one that has not ended. */
    public synchronized boolean isBegun() {
        return begun.isPresent();
    }

    private synchronized Branch finished() throws ResourceException {
        Branch branch = begun.orElseThrow(() -> new LocalTransactionException("The connection is in no transaction"));
        begun = Optional.empty();
        branches.dissociate(branch);
        return branch;
    }
}
