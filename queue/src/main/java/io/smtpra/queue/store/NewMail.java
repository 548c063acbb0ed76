package io.smtpra.queue.store;

import io.smtpra.Envelope;
import io.smtpra.queue.QueueOptions.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A mail to be stored.
 *
 * @param envelope who sends it to whom
 * @param route the JNDI name of the connection factory that sends it
 * @param priority which of the mails that are due goes first
 * @param enqueued now
 * @param firstAttempt when it is due
 * @param expires when it is given up
 * @param warnAt when its sender is told that it is late; absent for never
 * @param idempotencyKey of which there is one mail at the most
 */
public record NewMail(
        Envelope envelope,
        String route,
        Priority priority,
        Instant enqueued,
        Instant firstAttempt,
        Instant expires,
        Optional<Instant> warnAt,
        Optional<String> idempotencyKey) {

    /**
     * A mail that the queue itself has to send: a report, say. It is due now, and nobody is warned when it is late.
     *
     * @param envelope who sends it to whom
     * @param route the JNDI name of the connection factory that sends it
     * @param now the time
     * @param giveUpAfter for how long it is tried
     * @return the mail
     */
    public static NewMail dueNow(Envelope envelope, String route, Instant now, Duration giveUpAfter) {
        return new NewMail(envelope, route, Priority.NORMAL, now, now, now.plus(giveUpAfter), Optional.empty(),
                Optional.empty());
    }
}
