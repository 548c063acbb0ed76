package io.smtpra.ra.inbound.delivery;

import io.smtpra.MailRejectedException;
import io.smtpra.ra.inbound.routing.Activation;
import io.smtpra.ra.inbound.routing.BeanReplies;
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
            LOG.warn("{}: given up while {} ran; it is rolled back", id, activation.beanName(), failure);
        } else if (EndpointFailures.isStopped(failure)) {
            LOG.warn("{}: {} has been stopped; the sender is asked to try again", id, activation.beanName());
        } else if (EndpointFailures.isPoolExhausted(failure)) {
            LOG.warn("{}: the server's pool had no instance of {} in time; the sender is asked to try again. Make the"
                    + " pool larger, or the activation property maxConcurrency smaller", id, activation.beanName());
        } else if (BeanReplies.refusedOnward(failure).isPresent()) {
            // What the next hop said stands in the line of the mail that was not sent.
            LOG.warn("{}: the next hop has refused for good what {} sent in its transaction; it is rolled back, and the"
                    + " sender hears 554", id, activation.beanName());
        } else if (failure == null) {
            LOG.warn("{}: {} rolled back without an exception", id, activation.beanName());
        } else {
            LOG.error("{}: {} failed; it is rolled back, and the sender asked to try again", id,
                    activation.beanName(), failure);
        }
    }
}
