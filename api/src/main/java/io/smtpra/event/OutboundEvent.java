package io.smtpra.event;

import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What became of a mail at a next hop. A mail for several next hops has an event for each. */
public sealed interface OutboundEvent extends SmtpEvent {

    /**
     * What was to be sent.
     *
     * @return the sending
     */
    Sending sending();

    /**
     * A mail on its way to one next hop.
     *
     * @param id the id of the sending, as {@link SendReceipt#id()} and the log have it
     * @param nextHop as {@code relay.example.com:25}
     * @param path from whom to whom
     * @param messageId the mail's {@code Message-ID}, at most 250 characters of ASCII; absent if it has none
     * @param receivedMail the id of the mail in whose delivery it was sent, if it was
     * @param queuedMail the id that it has in the queue, if it comes from there
     * @param duration how long it took
     */
    record Sending(
            String id,
            String nextHop,
            MailPath path,
            Optional<String> messageId,
            Optional<String> receivedMail,
            Optional<String> queuedMail,
            Duration duration) {

        /** Refuses nulls. */
        public Sending {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(nextHop, "nextHop");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(messageId, "messageId");
            Objects.requireNonNull(receivedMail, "receivedMail");
            Objects.requireNonNull(queuedMail, "queuedMail");
            Objects.requireNonNull(duration, "duration");
        }
    }

    /**
     * The next hop has taken responsibility for it.
     *
     * @param at when it happened
     * @param sending what was sent
     * @param size octets of the content
     * @param reply what the next hop said after the content
     * @param queueId the id under which the next hop queued it, where it told one
     * @param tls the facts of the encryption, absent if it went in plain text
     * @param refused the recipients that the next hop did not take, where not all are needed; the first
     *     {@value MailPath#MOST_SHOWN}
     */
    record Sent(
            Instant at,
            Sending sending,
            long size,
            Reply reply,
            Optional<String> queueId,
            Optional<TlsFacts> tls,
            List<RecipientOutcome> refused) implements OutboundEvent {

        /** Copies the list and refuses nulls. */
        public Sent {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(sending, "sending");
            Objects.requireNonNull(reply, "reply");
            Objects.requireNonNull(queueId, "queueId");
            Objects.requireNonNull(tls, "tls");
            refused = List.copyOf(refused);
        }

        @Override
        public SmtpEventKind kind() {
            return SmtpEventKind.OUTBOUND_SENT;
        }
    }

    /**
     * It was not sent, and may be sent later.
     *
     * @param at when it happened
     * @param sending what was not sent
     * @param phase how far it came
     * @param reply what the next hop said, if it said something
     * @param reason why, as the log has it; at most 512 characters
     */
    record Deferred(Instant at, Sending sending, SmtpException.Phase phase, Optional<Reply> reply, String reason)
            implements OutboundEvent {

        /** Refuses nulls. */
        public Deferred {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(sending, "sending");
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(reply, "reply");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public SmtpEventKind kind() {
            return SmtpEventKind.OUTBOUND_DEFERRED;
        }
    }

    /**
     * It was not sent, and will not be: trying again would not help.
     *
     * @param at when it happened
     * @param sending what was not sent
     * @param phase how far it came
     * @param reply what the next hop said, if it said something
     * @param reason why, as the log has it; at most 512 characters
     */
    record Refused(Instant at, Sending sending, SmtpException.Phase phase, Optional<Reply> reply, String reason)
            implements OutboundEvent {

        /** Refuses nulls. */
        public Refused {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(sending, "sending");
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(reply, "reply");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public SmtpEventKind kind() {
            return SmtpEventKind.OUTBOUND_REFUSED;
        }
    }

    /**
     * The whole content was sent and never answered: the next hop may have taken it or not.
     *
     * @param at when it happened
     * @param sending what may have been sent
     * @param reason why nobody knows, as the log has it; at most 512 characters
     */
    record Unknown(Instant at, Sending sending, String reason) implements OutboundEvent {

        /** Refuses nulls. */
        public Unknown {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(sending, "sending");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public SmtpEventKind kind() {
            return SmtpEventKind.OUTBOUND_UNKNOWN;
        }
    }
}
