package io.smtpra.queue.store;

import io.smtpra.Envelope;
import io.smtpra.queue.QueueOptions.Priority;
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
}
