package io.smtpra.ra.inbound.delivery;

import io.smtpra.MailRejectedException;
import io.smtpra.ra.inbound.routing.Activation;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.log.DeliveryMessages;
import io.smtpra.ra.server.EndpointFailures;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of what beans and their transactions fail with. */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.smtpra.ra.delivery");

    private FailureLog() {}

    /**
     * A mail was not taken.
     *
     * @param failure why, or null if the transaction rolled back without a word
     */
    static void refused(Delivery delivery, Activation activation, Throwable failure) {
        String id = delivery.mail().id();
        Optional<MailRejectedException> rejection = BeanReplies.rejection(failure);
        if (rejection.isPresent()) {
            // The bean has decided so; its reply stands in the line of the mail.
            LOG.debug("{}: refused by {}", id, activation.beanName(), failure);
        } else if (delivery.isAbandoned()) {
            DeliveryMessages.LOG.givenUp(id, activation.beanName(), failure);
        } else if (EndpointFailures.isStopped(failure)) {
            DeliveryMessages.LOG.beanStopped(id, activation.beanName());
        } else if (EndpointFailures.isPoolExhausted(failure)) {
            DeliveryMessages.LOG.poolExhausted(id, activation.beanName());
        } else if (BeanReplies.refusedOnward(failure).isPresent()) {
            // What the next hop said stands in the line of the mail that was not sent.
            DeliveryMessages.LOG.refusedOnward(id, activation.beanName());
        } else if (failure == null) {
            DeliveryMessages.LOG.rolledBack(id, activation.beanName());
        } else {
            DeliveryMessages.LOG.beanFailed(id, activation.beanName(), failure);
        }
    }
}
