package io.smtpra.ra.client.transfer;

import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.TlsFacts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail that the next hop has taken responsibility for.
 *
 * @param recipients what it said to each recipient, in the order of the envelope
 * @param reply what it said after the content
 * @param queueId the id under which it queued the mail, where it told one in a usual form
 * @param tls the facts of the encryption, absent in plain text
 * @param size how many octets of content were sent, without dot-stuffing
 * @param duration from {@code MAIL} to the last reply
 */
public record SendResult(
        List<RecipientOutcome> recipients,
        Reply reply,
        Optional<String> queueId,
        Optional<TlsFacts> tls,
        long size,
        Duration duration) {

    /** Copies the recipients. */
    public SendResult {
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(queueId, "queueId");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(duration, "duration");
    }
}
