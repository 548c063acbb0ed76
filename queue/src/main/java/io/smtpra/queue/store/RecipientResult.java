package io.smtpra.queue.store;

import io.smtpra.Reply;
import io.smtpra.queue.RecipientState;
import java.util.Optional;

/**
 * What an attempt did for one recipient.
 *
 * @param position where it stands in the mail's list of recipients
 * @param state where it stands now
 * @param reply what was said
 * @param nextHopQueueId the id under which the next hop queued it, where it told one
 * @param tls protocol and cipher suite; absent for plain text
 */
public record RecipientResult(
        int position, RecipientState state, Reply reply, Optional<String> nextHopQueueId, Optional<String> tls) {
}
