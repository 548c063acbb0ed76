package io.smtpra.queue.claim;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mail that this node may send until its lease ends.
 *
 * @param id of the mail
 * @param route the JNDI name of its connection factory
 * @param lease what tells this claim from a later one
 * @param envelope with those recipients alone that wait
 * @param positions where each of these stands in the mail's list of recipients
 * @param content the octets
 * @param attempts how often it was tried before
 * @param enqueued when it was put into the queue
 * @param expires when it is given up
 * @param warnAt when its sender is told that it is late, unless that was done
 */
public record ClaimedMail(
        long id,
        String route,
        long lease,
        Envelope envelope,
        List<Integer> positions,
        MailContent content,
        int attempts,
        Instant enqueued,
        Instant expires,
        Optional<Instant> warnAt) {
}
