package io.smtpra.event;

import io.smtpra.Peer;
import io.smtpra.Reply;
import java.time.Instant;
import java.util.Objects;

/**
 * {@code MAIL} was refused, for now or for good.
 *
 * @param at when it happened
 * @param session the id of the session
 * @param peer the host at the other end
 * @param argument what the client said behind {@code MAIL}: at most 320 characters, those that are unusual written as
 *     their code
 * @param reply what it heard
 */
public record SenderRefused(Instant at, String session, Peer peer, String argument, Reply reply)
        implements SessionEvent {

    /** Refuses nulls. */
    public SenderRefused {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(argument, "argument");
        Objects.requireNonNull(reply, "reply");
    }

    @Override
    public SmtpEventKind kind() {
        return SmtpEventKind.SENDER_REFUSED;
    }
}
