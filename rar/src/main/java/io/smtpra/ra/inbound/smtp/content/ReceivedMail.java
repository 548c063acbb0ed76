package io.smtpra.ra.inbound.smtp.content;

import io.smtpra.Envelope;
import io.smtpra.Peer;
import io.smtpra.authenticity.Authenticity;
import io.smtpra.ra.message.Content;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.Subject;

/**
 * A mail that has been received whole and waits for its fate. Whoever gets it closes its content.
 *
 * @param id unique and stable: in the log, in {@code Received:}, in the reply
 * @param receivedAt when its last octet was received
 * @param envelope who sent it to whom; every recipient was accepted by the recipients' gate
 * @param peer who delivered it
 * @param content headers of ours, {@code Received:} at least, and what was sent
 * @param caller what the server knows of the user that the peer authenticated as, if it did
 * @param authenticity what was found out about who sent it
 */
public record ReceivedMail(
        String id, Instant receivedAt, Envelope envelope, Peer peer, Content content, Optional<Subject> caller,
        Authenticity authenticity) {

    /** Refuses nulls. */
    public ReceivedMail {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(authenticity, "authenticity");
    }

    /** A mail that was not checked yet. */
    public ReceivedMail(
            String id, Instant receivedAt, Envelope envelope, Peer peer, Content content, Optional<Subject> caller) {
        this(id, receivedAt, envelope, peer, content, caller, Authenticity.unknown());
    }

    /** A mail from nobody in particular. */
    public ReceivedMail(String id, Instant receivedAt, Envelope envelope, Peer peer, Content content) {
        this(id, receivedAt, envelope, peer, content, Optional.empty());
    }

    /** The same mail, once it was checked. */
    public ReceivedMail checked(Authenticity found, Content headed) {
        return new ReceivedMail(id, receivedAt, envelope, peer, headed, caller, found);
    }
}
