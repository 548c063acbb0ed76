package io.smtpra.ra.inbound.delivery;

import io.smtpra.ra.config.PropertyReader;
import java.time.Duration;

/**
 * The bounds of deliveries.
 *
 * @param maxDeliveries how many mails are delivered at a time, all activations together
 * @param maxQueuedDeliveries how many mails wait for their turn
 * @param queueTimeout how long a mail waits for its turn
 * @param deliveryTimeout how long a delivery may take
 * @param shutdownTimeout how long running deliveries are waited for when a bean or the adapter stops
 */
public record DeliveryConfig(
        int maxDeliveries,
        int maxQueuedDeliveries,
        Duration queueTimeout,
        Duration deliveryTimeout,
        Duration shutdownTimeout) {

    /**
     * RFC 5321 section 4.5.3.2.6: a client waits ten minutes for the reply to its mail, and an hour is a bound for all.
     */
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Reads the bounds.
     *
     * @param reader the properties
     * @return the bounds
     */
    public static DeliveryConfig read(PropertyReader reader) {
        return new DeliveryConfig(
                reader.number("maxDeliveries", 1, 10_000),
                reader.number("maxQueuedDeliveries", 0, 100_000),
                reader.duration("queueTimeout", Duration.ZERO, LONGEST),
                reader.duration("deliveryTimeout", Duration.ofMillis(1), LONGEST),
                reader.duration("shutdownTimeout", Duration.ZERO, LONGEST));
    }
}
