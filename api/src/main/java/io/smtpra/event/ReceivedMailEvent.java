package io.smtpra.event;

import io.smtpra.Peer;
import io.smtpra.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What became of a mail whose content was received, or begun to be. */
public sealed interface ReceivedMailEvent extends SessionEvent {

    /**
     * What is known of the mail.
     *
     * @return the mail
     */
    ReceivedFacts mail();

    /**
     * What is known of a mail that comes in.
     *
     * @param id its id, the same that stands in the log, in {@code Received:} and in the reply
     * @param messageId its {@code Message-ID}, at most 250 characters of ASCII; absent if it has none
     * @param path from whom to whom
     * @param size octets of the content that have come
     * @param duration since {@code MAIL}
     */
    record ReceivedFacts(String id, Optional<String> messageId, MailPath path, long size, Duration duration) {

        /** Refuses nulls. */
        public ReceivedFacts {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(messageId, "messageId");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(duration, "duration");
        }
    }

    /**
     * It was taken, committed, and answered with 2xx.
     *
     * @param at when it happened
     * @param session the id of the session
     * @param peer the host that delivered it
     * @param mail the mail
     * @param reply what the client hears
     */
    record Accepted(Instant at, String session, Peer peer, ReceivedFacts mail, Reply reply)
            implements ReceivedMailEvent {

        /** Refuses nulls. */
        public Accepted {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(mail, "mail");
            Objects.requireNonNull(reply, "reply");
        }

        @Override
        public SmtpEventKind kind() {
            return SmtpEventKind.MAIL_ACCEPTED;
        }
    }

    /**
     * It was answered with 4xx: the client is to try again later.
     *
     * @param at when it happened
     * @param session the id of the session
     * @param peer the host that delivered it
     * @param mail the mail
     * @param reply what the client hears
     */
    record Deferred(Instant at, String session, Peer peer, ReceivedFacts mail, Reply reply)
            implements ReceivedMailEvent {

        /** Refuses nulls. */
        public Deferred {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(mail, "mail");
            Objects.requireNonNull(reply, "reply");
        }

        @Override
        public SmtpEventKind kind() {
            return SmtpEventKind.MAIL_DEFERRED;
        }
    }

    /**
     * It was answered with 5xx: refused for good.
     *
     * @param at when it happened
     * @param session the id of the session
     * @param peer the host that delivered it
     * @param mail the mail
     * @param reply what the client hears
     */
    record Refused(Instant at, String session, Peer peer, ReceivedFacts mail, Reply reply)
            implements ReceivedMailEvent {

        /** Refuses nulls. */
        public Refused {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(mail, "mail");
            Objects.requireNonNull(reply, "reply");
        }

        @Override
        public SmtpEventKind kind() {
            return SmtpEventKind.MAIL_REFUSED;
        }
    }

    /**
     * Its content did not come to its end.
     *
     * @param at when it happened
     * @param session the id of the session
     * @param peer the host that began to deliver it
     * @param mail the mail
     * @param reason why, as the log has it
     */
    record Unfinished(Instant at, String session, Peer peer, ReceivedFacts mail, String reason)
            implements ReceivedMailEvent {

        /** Refuses nulls. */
        public Unfinished {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(mail, "mail");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public SmtpEventKind kind() {
            return SmtpEventKind.MAIL_UNFINISHED;
        }
    }
}
