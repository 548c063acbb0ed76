package io.smtpra.ra.inbound;

import java.time.Duration;

/**
 * The bounds of deliveries.
 *
 * @param maxDeliveries how many mails are delivered at a time, all activations together
 * @param maxQueuedDeliveries how many mails wait for their turn
 * @param queueTimeout how long a mail waits for its turn
 * @param deliveryTimeout how long a delivery may take
 * @param gracePeriod how long after its start the adapter waits for beans to come: until then nobody is told for good that
 *     a recipient has no bean
 * @param shutdownTimeout how long running deliveries are waited for when a bean or the adapter stops
 */
public record DeliveryConfig(
        int maxDeliveries,
        int maxQueuedDeliveries,
        Duration queueTimeout,
        Duration deliveryTimeout,
        Duration gracePeriod,
        Duration shutdownTimeout) {}
