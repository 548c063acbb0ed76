package io.smtpra.monitoring;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where health ends.
 *
 * @param certificate for how long each certificate must still be valid
 * @param delivery how long a received mail may wait for a bean
 * @param queue how long a mail may wait in the outbound queue; zero: however long it likes
 */
record HealthLimits(Duration certificate, Duration delivery, Duration queue) {

    static final String CERTIFICATE = "smtpra.health.certificate.days";
    static final String WAIT = "smtpra.health.deliveries.seconds";
    static final String QUEUE = "smtpra.health.queue.seconds";
    private static final int TEN_YEARS_OF_DAYS = 3_650;
    private static final int HOUR = 3_600;
    private static final int YEAR = 31_536_000;

    /**
     * Reads the limits.
     *
     * @throws IllegalArgumentException if one is none: the message names the property, its value and what is allowed
     */
    static HealthLimits read(Config config) {
        return new HealthLimits(
                Duration.ofDays(number(config, CERTIFICATE, 0, 0, TEN_YEARS_OF_DAYS)),
                Duration.ofSeconds(number(config, WAIT, 30, 1, HOUR)),
                Duration.ofSeconds(number(config, QUEUE, 0, 0, YEAR)));
    }

    private static int number(Config config, String property, int otherwise, int least, int most) {
        Optional<String> text = config.getOptionalValue(property, String.class).map(String::strip);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("smtp-ra monitoring: property '" + property + "' is '" + text.get()
                + "', allowed: a whole number from " + least + " to " + most);
    }
}
