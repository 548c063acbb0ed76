package io.smtpra.queue.claim;

import io.smtpra.queue.store.RecipientResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an attempt did for a mail.
 *
 * @param id of the mail
 * @param recipients those for whom something was done; the others wait as before
 * @param nextAttempt when those that wait are tried again; absent if nothing waits any more
 * @param warned whether its sender was told that it is late, so that it is not told again
 * @param keepContent whether the content stays though nothing waits, because the mail was set aside
 */
public record MailResult(
        long id, List<RecipientResult> recipients, Optional<Instant> nextAttempt, boolean warned, boolean keepContent) {
}
