package io.smtpra.ra.inbound.delivery;

import io.smtpra.MailListener;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome.Delivered;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome.Refused;
import io.smtpra.ra.log.DeliveryMessages;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.transaction.TransactionSynchronizationRegistry;

/**
 * Delivery of a mail to one endpoint, in the transaction that the container begins for it (Jakarta Connectors, message
 * inflow, option B). Delivered is what has been called, has returned and has committed; a container tells the outcome of
 * a transaction in several ways, and any of them alone can be missing.
 */
final class EndpointDelivery {

    private final TransactionSynchronizationRegistry transactions;
    private final BeanCall call;

    EndpointDelivery(TransactionSynchronizationRegistry transactions, BeanCall call) {
        this.transactions = transactions;
        this.call = call;
    }

    /** Delivers a mail with one part; never throws. */
    DeliveryOutcome deliver(Delivery delivery) {
        Delivery.Part part = delivery.parts().get(0);
        MessageEndpoint endpoint;
        try {
            endpoint = part.activation().factory().createEndpoint(null);
        } catch (UnavailableException | RuntimeException e) {
            DeliveryMessages.LOG.beanNotAvailable(delivery.mail().id(), part.activation().beanName(), e);
            return new Refused(BeanReplies.STOPPED);
        }
        try {
            return deliver(delivery, part, endpoint);
        } finally {
            release(delivery, endpoint);
        }
    }

    private DeliveryOutcome deliver(Delivery delivery, Delivery.Part part, MessageEndpoint endpoint) {
        try {
            endpoint.beforeDelivery(BeanCall.ON_MAIL);
        } catch (NoSuchMethodException | ResourceException | RuntimeException | Error e) {
            DeliveryMessages.LOG.notBegun(delivery.mail().id(), part.activation().beanName(), e);
            return new Refused(BeanReplies.FAILED);
        }
        TransactionOutcome transaction = new TransactionOutcome(transactions);
        Throwable failure = null;
        try {
            transaction.watch();
            call.onMail((MailListener) endpoint, delivery, part);
        } catch (Exception | Error e) {
            failure = e;
        }
        boolean mayCommit = failure == null && delivery.enterCommit();
        if (!mayCommit) {
            transaction.setRollbackOnly();
        }
        try {
            endpoint.afterDelivery();
        } catch (ResourceException | RuntimeException | Error e) {
            failure = failure == null ? e : failure;
        }
        return outcome(delivery, part, mayCommit && transaction.isKept(), failure);
    }

    private DeliveryOutcome outcome(Delivery delivery, Delivery.Part part, boolean kept, Throwable failure) {
        if (failure == null && kept) {
            return new Delivered();
        }
        FailureLog.refused(delivery, part.activation(), failure);
        return new Refused(BeanReplies.of(failure));
    }

    private void release(Delivery delivery, MessageEndpoint endpoint) {
        try {
            endpoint.release();
        } catch (RuntimeException | Error e) {
            DeliveryMessages.LOG.notReleased(delivery.mail().id(), e);
        }
    }
}
