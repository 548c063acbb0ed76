package io.smtpra.event;

import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Reply;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code RCPT} was refused, for now or for good.
 *
 * @param at when it happened
 * @param session the id of the session
 * @param peer the host at the other end
 * @param mail the id that the mail has, or would have had
 * @param reversePath who sends it, absent for the null reverse-path
 * @param recipient who was refused
 * @param reply what the client heard
 */
public record RecipientRefused(
        Instant at,
        String session,
        Peer peer,
        String mail,
        Optional<Mailbox> reversePath,
        Mailbox recipient,
        Reply reply)
        implements SessionEvent {

    /** Refuses nulls. */
    public RecipientRefused {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(mail, "mail");
        Objects.requireNonNull(reversePath, "reversePath");
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(reply, "reply");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.RECIPIENT_REFUSED;
    }
}
