package io.smtpra.ra.inbound.delivery;

import io.smtpra.MailListener;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome.Delivered;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome.Refused;
import io.smtpra.ra.inbound.work.ServerContracts;
import io.smtpra.ra.log.DeliveryMessages;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * Delivery of a mail to several endpoints in one transaction that the adapter imports (Jakarta Connectors, transaction
 * inflow): all of them commit or none. The endpoints are called without {@code beforeDelivery} and
 * {@code afterDelivery}, which would give each a transaction of its own.
 */
final class ImportedDelivery {

    private final XATerminator terminator;
    private final TransactionSynchronizationRegistry transactions;
    private final TransactionRecovery recovery;
    private final BeanCall call;
    private final Delivery delivery;
    private final DeliveryXid xid;
    /** Nothing may be committed before every endpoint has returned, whatever the server says about the work. */
    private DeliveryOutcome failure = new Refused(BeanReplies.FAILED);
    private boolean called;

    ImportedDelivery(
            ServerContracts server, TransactionRecovery recovery, BeanCall call, Delivery delivery, DeliveryXid xid) {
        this.recovery = recovery;
        this.terminator = server.terminator();
        this.transactions = server.transactions();
        this.call = call;
        this.delivery = delivery;
        this.xid = xid;
    }

    /** Calls the endpoints, within the imported transaction, until one fails. */
    void callEndpoints() {
        for (Delivery.Part part : delivery.parts()) {
            Optional<Refused> refusal = delivery.isAbandoned() ? Optional.of(new Refused(BeanReplies.STOPPED)) : call(part);
            if (refusal.isPresent()) {
                failure = refusal.get();
                return;
            }
        }
        if (transactions.getTransactionStatus() == Status.STATUS_ACTIVE) {
            called = true;
        } else {
            DeliveryMessages.LOG.markedForRollback(delivery.mail().id(), beans());
        }
    }

    /** The server failed to run the calls as it should. */
    void fail(Exception cause) {
        DeliveryMessages.LOG.beansFailed(delivery.mail().id(), beans(), cause);
        failure = new Refused(BeanReplies.FAILED);
        called = false;
    }

    private Optional<Refused> call(Delivery.Part part) {
        MessageEndpoint endpoint;
        try {
            endpoint = part.activation().factory().createEndpoint(null);
        } catch (UnavailableException | RuntimeException e) {
            DeliveryMessages.LOG.beanNotAvailable(delivery.mail().id(), part.activation().beanName(), e);
            return Optional.of(new Refused(BeanReplies.STOPPED));
        }
        try {
            call.onMail((MailListener) endpoint, delivery, part);
            return Optional.empty();
        } catch (Exception | Error e) {
            FailureLog.refused(delivery, part.activation(), e);
            return Optional.of(new Refused(BeanReplies.of(e)));
        } finally {
            endpoint.release();
        }
    }

    /** Ends the transaction, after the thread has left it. */
    DeliveryOutcome end() {
        if (called && delivery.enterCommit()) {
            return commit();
        }
        rollback();
        return failure;
    }

    private DeliveryOutcome commit() {
        try {
            // Never one-phase: a flush that fails in it hands a dirty database connection to the next delivery.
            if (terminator.prepare(xid) == XAResource.XA_RDONLY) {
                return new Delivered();
            }
        } catch (XAException e) {
            DeliveryMessages.LOG.notPrepared(delivery.mail().id(), beans(), e.errorCode, e);
            if (!XaErrors.isRolledBack(e)) {
                rollback();
            }
            return new Refused(BeanReplies.of(e));
        }
        return commitPrepared();
    }

    private DeliveryOutcome commitPrepared() {
        try {
            terminator.commit(xid, false);
            return new Delivered();
        } catch (XAException e) {
            if (e.errorCode == XAException.XA_HEURCOM) {
                forget();
                return new Delivered();
            }
            DeliveryMessages.LOG.notCommitted(delivery.mail().id(), xid, beans(), e.errorCode, e);
            finish(e);
            return new Refused(BeanReplies.FAILED);
        }
    }

    /** What is left to be done after a commit that has failed. */
    private void finish(XAException e) {
        if (XaErrors.isUnreachable(e)) {
            recovery.commitLater(xid);
        } else if (XaErrors.isHeuristic(e)) {
            forget();
        } else if (!XaErrors.isRolledBack(e)) {
            rollback();
        }
    }

    private void rollback() {
        try {
            terminator.rollback(xid);
        } catch (XAException e) {
            if (XaErrors.isHeuristic(e)) {
                forget();
            } else if (!XaErrors.isRolledBack(e) && e.errorCode != XAException.XAER_NOTA) {
                DeliveryMessages.LOG.notRolledBack(delivery.mail().id(), xid, beans(), e.errorCode, e);
                recovery.rollBackLater(xid);
            }
        }
    }

    /** The server keeps a transaction whose resources have decided on their own until it is told to forget it. */
    private void forget() {
        try {
            terminator.forget(xid);
        } catch (XAException e) {
            DeliveryMessages.LOG.notForgotten(delivery.mail().id(), beans(), e.errorCode, e);
        }
    }

    private String beans() {
        return delivery.parts().stream().map(part -> part.activation().beanName()).toList().toString();
    }
}
