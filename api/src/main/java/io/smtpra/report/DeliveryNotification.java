package io.smtpra.report;

import io.smtpra.DsnNotify;
import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.idna.DomainName;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A delivery status notification, ready to be sent: a {@code multipart/report} (RFC 3464) that tells the sender of a
 * mail what became of it, and the envelope to send it with.
 *
 * <pre>{@code
 * Optional<DeliveryNotification> notification = DeliveryNotification.about(mail, "mx.example.com")
 *         .failed(recipient, Reply.of(550, "5.1.1", "No such user"))
 *         .build();
 * notification.ifPresent(n -> connection.send(n.envelope(), n.content()));
 * }</pre>
 *
 * <p>What is told to the builder is what happened; what the sender hears of it is what was asked for with
 * {@code NOTIFY} (RFC 3461 section 4.1): without that parameter, failures and delays. Of a mail with the null
 * reverse-path nobody hears anything (RFC 5321 section 4.5.5), so that notifications never answer each other. With
 * internationalised addresses, or for a mail that came with SMTPUTF8, it has the form of RFC 6533 and is sent with
 * SMTPUTF8.
 *
 * @param envelope from the null reverse-path to the mail's reverse-path
 * @param content the report, with its header
 */
public record DeliveryNotification(Envelope envelope, MailContent content) {

    /** How much of a mail is brought back unless {@linkplain Builder#returnAtMost said}, in octets. */
    public static final int DEFAULT_RETURN_LIMIT = 50_000;

    /** Refuses nulls. */
    public DeliveryNotification {
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(content, "content");
    }

    /**
     * Starts a notification about a mail that came in.
     *
     * @param mail the mail; {@link Builder#build} reads it
     * @param reportingServer the host name of the server that reports: the adapter's {@code hostName}
     * @return a builder
     * @throws IllegalArgumentException if that is not a domain name
     */
    public static Builder about(InboundMail mail, String reportingServer) {
        return new Builder(mail.envelope(), mail::content, reportingServer).arrivedAt(mail.receivedAt());
    }

    /**
     * Starts a notification about a mail that was to be sent.
     *
     * @param envelope how it was to be sent
     * @param content the mail; {@link Builder#build} reads it
     * @param reportingServer the host name of the server that reports
     * @return a builder
     * @throws IllegalArgumentException if that is not a domain name
     */
    public static Builder about(Envelope envelope, MailContent content, String reportingServer) {
        return new Builder(envelope, content, reportingServer);
    }

    /** Collects what became of a mail. */
    public static final class Builder {

        private final Envelope original;
        private final MailContent content;
        private final String reportingServer;
        private final List<RecipientFate> fates = new ArrayList<>();
        private Optional<Instant> arrival = Optional.empty();
        private int returnLimit = DEFAULT_RETURN_LIMIT;

        private Builder(Envelope original, MailContent content, String reportingServer) {
            this.original = Objects.requireNonNull(original, "envelope");
            this.content = Objects.requireNonNull(content, "content");
            this.reportingServer = DomainName.parse(reportingServer).ascii();
        }

        /**
         * Says when the mail arrived.
         *
         * @param instant the time of arrival
         * @return this builder
         */
        public Builder arrivedAt(Instant instant) {
            arrival = Optional.of(instant);
            return this;
        }

        /**
         * Says that it was delivered.
         *
         * @param recipient one of the envelope's
         * @return this builder
         */
        public Builder delivered(Recipient recipient) {
            return add(new RecipientFate(recipient, Action.DELIVERED, Optional.empty(), Optional.empty(),
                    Optional.empty()));
        }

        /**
         * Says that it went on to a server that makes no notifications (RFC 3461 section 5.2.2): one that has DSN gets
         * the parameters with the mail, and makes its own.
         *
         * @param recipient one of the envelope's
         * @param reply what that server said
         * @param nextHop its host name
         * @return this builder
         */
        public Builder relayed(Recipient recipient, Reply reply, String nextHop) {
            return add(new RecipientFate(recipient, Action.RELAYED, Optional.of(reply), Optional.of(nextHop),
                    Optional.empty()));
        }

        /**
         * Says that it is not tried any more.
         *
         * @param recipient one of the envelope's
         * @param reply why; its enhanced status code is the report's {@code Status}
         * @return this builder
         */
        public Builder failed(Recipient recipient, Reply reply) {
            return add(new RecipientFate(recipient, Action.FAILED, Optional.of(reply), Optional.empty(),
                    Optional.empty()));
        }

        /**
         * Says that the next hop refused it, or was asked in vain for too long.
         *
         * @param recipient one of the envelope's
         * @param reply what the next hop said
         * @param nextHop its host name
         * @return this builder
         */
        public Builder failed(Recipient recipient, Reply reply, String nextHop) {
            return add(new RecipientFate(recipient, Action.FAILED, Optional.of(reply), Optional.of(nextHop),
                    Optional.empty()));
        }

        /**
         * Says that a sending failed, and is not tried again: for those recipients that the next hop refused, if it
         * came to that, or for all of them.
         *
         * @param failure the exception
         * @return this builder
         */
        public Builder failed(SmtpException failure) {
            List<RecipientOutcome> refused = failure.recipients().stream()
                    .filter(outcome -> !outcome.isAccepted()).toList();
            boolean some = failure.phase() == SmtpException.Phase.RECIPIENT && !refused.isEmpty();
            for (Recipient recipient : original.recipients()) {
                Optional<Reply> own = refused.stream()
                        .filter(outcome -> outcome.recipient().equals(recipient.mailbox()))
                        .map(RecipientOutcome::reply).findFirst();
                if (own.isPresent() || !some) {
                    failed(recipient, own.or(failure::reply).orElseGet(() -> unanswered(failure)));
                }
            }
            return this;
        }

        /**
         * Says that it is late.
         *
         * @param recipient one of the envelope's
         * @param reply why
         * @param retryUntil how long it is tried
         * @return this builder
         */
        public Builder delayed(Recipient recipient, Reply reply, Instant retryUntil) {
            return add(new RecipientFate(recipient, Action.DELAYED, Optional.of(reply), Optional.empty(),
                    Optional.of(retryUntil)));
        }

        /**
         * Bounds what is brought back of the mail. It is brought back whole only after a failure and unless
         * {@code RET=HDRS} was asked for, and if it is not longer than this; its header else (RFC 3461 section 4.3).
         *
         * @param octets 0 or more; what is brought back is held in memory
         * @return this builder
         */
        public Builder returnAtMost(int octets) {
            if (octets < 0) {
                throw new IllegalArgumentException("A limit is 0 or more");
            }
            returnLimit = octets;
            return this;
        }

        /**
         * Makes the notification.
         *
         * @return it, or nothing if nobody is to be notified
         * @throws IOException if the mail cannot be read
         */
        public Optional<DeliveryNotification> build() throws IOException {
            return build(Clock.systemUTC());
        }

        Optional<DeliveryNotification> build(Clock clock) throws IOException {
            List<RecipientFate> told = fates.stream().filter(Builder::isWanted).toList();
            if (original.reversePath().isEmpty() || told.isEmpty()) {
                return Optional.empty();
            }
            Mailbox sender = original.reversePath().get();
            boolean utf8 = original.smtpUtf8() || sender.needsSmtpUtf8()
                    || told.stream().anyMatch(fate -> fate.recipient().mailbox().needsSmtpUtf8());
            ReturnedMail returned = ReturnedMail.read(content, original, told, returnLimit);
            NotificationWriter writer = new NotificationWriter(reportingServer, utf8, clock.instant());
            byte[] octets = writer.write(original, sender, arrival, told, returned);
            Envelope envelope = Envelope.from(Optional.empty())
                    .to(Recipient.of(sender))
                    .bodyType(writer.bodyType())
                    .smtpUtf8(utf8)
                    // RFC 8689 section 5: it may hold what was to go over verified TLS alone
                    .requireTls(original.requireTls())
                    .build();
            return Optional.of(new DeliveryNotification(envelope, MailContent.of(octets)));
        }

        private Builder add(RecipientFate fate) {
            fates.add(fate);
            return this;
        }

        /** RFC 3461 section 4.1. */
        private static boolean isWanted(RecipientFate fate) {
            var asked = fate.recipient().notifyOn();
            return switch (fate.action()) {
                case FAILED -> asked.isEmpty() || asked.contains(DsnNotify.FAILURE);
                case DELAYED -> asked.isEmpty() || asked.contains(DsnNotify.DELAY);
                case DELIVERED, RELAYED -> asked.contains(DsnNotify.SUCCESS);
            };
        }

        /** RFC 3463 section 3.5: no answer from the host. */
        private static Reply unanswered(SmtpException failure) {
            String text = FieldText.clean(String.valueOf(failure.getMessage()), true);
            return failure.isRetryable() ? Reply.of(451, "4.4.1", text) : Reply.of(554, "5.0.0", text);
        }
    }
}
