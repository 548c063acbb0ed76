package io.smtpra.ra.outbound.transaction;

import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.outbound.relay.Dispatch;
import io.smtpra.ra.server.ServerTransactions;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transactions that mails of one factory wait for. Each has an XA resource of its own in the transaction, which is
 * no connection of the pool: one is taken when the transaction commits, for as long as that sends.
 */
public final class JoinedTransactions {

    private final ServerTransactions transactions;
    private final Map<Key, Branches> joined = new ConcurrentHashMap<>();

    /** Those of a server. */
    public JoinedTransactions(ServerTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The mails that wait for the transaction of this thread.
     *
     * @param user for whom they are sent: each has a part of its own in a transaction
     * @param dispatch what sends them
     * @return absent outside a transaction
     * @throws SmtpException if there is a transaction that takes no more mail
     */
    public Optional<Branch> current(Object user, Dispatch dispatch) throws SmtpException {
        try {
            Transaction transaction = transactions.manager().getTransaction();
            if (transaction == null) {
                return Optional.empty();
            }
            return switch (transaction.getStatus()) {
                case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED -> Optional.empty();
                case Status.STATUS_ACTIVE, Status.STATUS_MARKED_ROLLBACK ->
                        Optional.of(branch(new Key(transaction, user), dispatch));
                default -> throw Branch.ended();
            };
        } catch (SystemException e) {
            throw new SmtpException(Phase.PREPARE, "The server's transaction cannot be asked: " + e, true, e);
        }
    }

    /** How long the transaction of this thread may take, if there is one. */
    public Optional<Duration> limit() throws SmtpException {
        try {
            return Optional.ofNullable(transactions.manager().getTransaction()).map(transactions::timeLeft);
        } catch (SystemException e) {
            throw new SmtpException(Phase.PREPARE, "The server's transaction cannot be asked: " + e, true, e);
        }
    }

    private Branch branch(Key key, Dispatch dispatch) throws SmtpException, SystemException {
        Branches known = joined.get(key);
        Branches branches = known == null ? join(key, dispatch) : known;
        return branches.current().orElseThrow(Branch::ended);
    }

    private Branches join(Key key, Dispatch dispatch) throws SmtpException, SystemException {
        Branches branches = new Branches();
        MailXaResource resource = new MailXaResource(branches, dispatch,
                Optional.of(transactions.timeLeft(key.transaction)), new MailXaResource.Events() {
                    @Override
                    public void foreignRollback() {
                        // Whoever sends the next mail asks for the state of the transaction.
                    }

                    @Override
                    public void finished() {
                        joined.remove(key);
                    }
                });
        joined.put(key, branches);
        boolean enlisted = false;
        try {
            enlisted = key.transaction.enlistResource(resource);
        } catch (RollbackException | IllegalStateException e) {
            throw new SmtpException(
                    Phase.PREPARE, "The transaction is to be rolled back: the mail was not sent", true, e);
        } finally {
            if (!enlisted) {
                joined.remove(key);
            }
        }
        if (!enlisted) {
            throw new SmtpException(
                    Phase.PREPARE, "The transaction takes no part of ours: the mail was not sent", true, null);
        }
        return branches;
    }

    private record Key(Transaction transaction, Object user) {}
}
