package io.smtpra.queue;

import io.smtpra.Recipient;
import io.smtpra.Reply;
import java.time.Instant;
import java.util.Optional;

/**
 * One recipient of a queued mail.
 *
 * @param recipient who, with the parameters of the envelope
 * @param state where it stands
 * @param attempts how often the next hop was asked
 * @param lastReply what was said last, by the next hop or in a bounce; for a connection that failed a reply of this
 *     server's that tells how; absent before the first attempt
 * @param nextHopQueueId the id under which the next hop queued it, where it told one
 * @param tls protocol and cipher suite of the connection over which it was sent; absent for plain text
 * @param ended when it was sent, refused, given up or cancelled
 */
public record QueuedRecipient(
        Recipient recipient,
        RecipientState state,
        int attempts,
        Optional<Reply> lastReply,
        Optional<String> nextHopQueueId,
        Optional<String> tls,
        Optional<Instant> ended) {
}
