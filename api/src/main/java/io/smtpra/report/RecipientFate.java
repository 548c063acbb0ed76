package io.smtpra.report;

import io.smtpra.EnhancedStatusCode;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a mail for one recipient.
 *
 * @param recipient who
 * @param action what became of it
 * @param reply what was said, by this server or the next hop
 * @param nextHop who said it, unless it was this server
 * @param retryUntil how long it is tried, if it is late
 */
record RecipientFate(Recipient recipient, Action action, Optional<Reply> reply, Optional<String> nextHop,
        Optional<Instant> retryUntil) {

    RecipientFate {
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(nextHop, "nextHop");
        Objects.requireNonNull(retryUntil, "retryUntil");
    }

    /** RFC 3463: what the reply has, or what its class alone says. */
    String status() {
        return reply.flatMap(Reply::enhancedStatusCode).map(EnhancedStatusCode::toString)
                .orElseGet(() -> reply.map(said -> said.code() / 100).filter(digit -> digit > 3).orElse(2) + ".0.0");
    }
}
