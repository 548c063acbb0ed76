package io.smtpra.queue.sending;

import java.time.Duration;

/**
 * How long to wait after a failed attempt: a first time, doubled with each further one up to a longest.
 *
 * @param first after the first attempt
 * @param longest never longer
 */
public record RetrySchedule(Duration first, Duration longest) {

    /**
     * How long to wait.
     *
     * @param failures how many attempts failed in a row, at least 1
     * @return the time
     */
    public Duration after(int failures) {
        // beyond 2^20 the longest has long been reached
        Duration time = first.multipliedBy(1L << Math.min(20, Math.max(0, failures - 1)));
        return time.compareTo(longest) < 0 ? time : longest;
    }
}
