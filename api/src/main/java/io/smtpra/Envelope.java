package io.smtpra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The envelope of a mail (RFC 5321 section 2.3.1): who sends it to whom, whatever its headers say. It may be kept: in a
 * timer, a JMS message, the argument of a remote call.
 *
 * @param reversePath where failures are reported to; absent for the null reverse-path {@code <>}
 * @param recipients the forward-paths, at least one, in the order they were given
 * @param bodyType what octets the content may hold
 * @param smtpUtf8 whether addresses or headers are in UTF-8 (RFC 6531)
 * @param requireTls whether each hop must use verified TLS (RFC 8689)
 * @param dsnReturn how much a delivery status notification should bring back, if given
 * @param envelopeId the sender's id of this envelope ({@code ENVID}, RFC 3461 section 4.4), decoded, if given
 * @param partial whether the mail goes to those recipients that the next hop accepts when it refuses others; if not,
 *     nobody gets it unless all are accepted
 */
public record Envelope(
        Optional<Mailbox> reversePath,
        List<Recipient> recipients,
        BodyType bodyType,
        boolean smtpUtf8,
        boolean requireTls,
        Optional<DsnReturn> dsnReturn,
        Optional<String> envelopeId,
        boolean partial) implements Serializable {

    /**
     * Copies the recipients and refuses what cannot be sent.
     *
     * @throws IllegalArgumentException if there is no recipient, or the envelope id is not 1 to 100 printable ASCII
     *     characters
     */
    public Envelope {
        Objects.requireNonNull(reversePath, "reversePath");
        Objects.requireNonNull(bodyType, "bodyType");
        Objects.requireNonNull(dsnReturn, "dsnReturn");
        Objects.requireNonNull(envelopeId, "envelopeId");
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("An envelope has at least one recipient");
        }
        // RFC 3461 section 4.4: at most 100 characters, which decode to printable ASCII.
        envelopeId.ifPresent(id -> {
            if (id.isEmpty() || id.length() > 100 || !id.chars().allMatch(c -> c >= 32 && c < 127)) {
                throw new IllegalArgumentException("An envelope id is 1 to 100 printable ASCII characters");
            }
        });
    }

    /**
     * Starts an envelope.
     *
     * @param reversePath where failures are reported to, as {@code sender@example.com}; empty for the null reverse-path
     * @return a builder
     * @throws IllegalArgumentException if that is not a mailbox
     */
    public static Builder from(String reversePath) {
        return new Builder(reversePath.isEmpty() ? Optional.empty() : Optional.of(Mailbox.parse(reversePath)));
    }

    /**
     * Starts an envelope.
     *
     * @param reversePath where failures are reported to; absent for the null reverse-path
     * @return a builder
     */
    public static Builder from(Optional<Mailbox> reversePath) {
        return new Builder(reversePath);
    }

    /**
     * The same envelope for other recipients.
     *
     * @param others at least one
     * @return the envelope
     */
    public Envelope withRecipients(List<Recipient> others) {
        return new Envelope(reversePath, others, bodyType, smtpUtf8, requireTls, dsnReturn, envelopeId,
                partial);
    }

    /**
     * The same envelope with another reverse-path.
     *
     * @param other where failures are reported to; absent for the null reverse-path
     * @return the envelope
     */
    public Envelope withReversePath(Optional<Mailbox> other) {
        return new Envelope(other, recipients, bodyType, smtpUtf8, requireTls, dsnReturn, envelopeId, partial);
    }

    /** An {@code Optional} is not serialisable. */
    private Object writeReplace() {
        return new Form(reversePath.orElse(null), new ArrayList<>(recipients), bodyType, smtpUtf8, requireTls,
                dsnReturn.orElse(null), envelopeId.orElse(null), partial);
    }

    private record Form(
            Mailbox reversePath,
            ArrayList<Recipient> recipients,
            BodyType bodyType,
            boolean smtpUtf8,
            boolean requireTls,
            DsnReturn dsnReturn,
            String envelopeId,
            boolean partial) implements Serializable {

        private Object readResolve() {
            return new Envelope(Optional.ofNullable(reversePath), recipients, bodyType, smtpUtf8, requireTls,
                    Optional.ofNullable(dsnReturn), Optional.ofNullable(envelopeId), partial);
        }
    }

    /** Collects the parts of an {@link Envelope}. */
    public static final class Builder {
        private final Optional<Mailbox> reversePath;
        private final List<Recipient> recipients = new ArrayList<>();
        private BodyType bodyType = BodyType.SEVEN_BIT;
        private boolean smtpUtf8;
        private boolean requireTls;
        private Optional<DsnReturn> dsnReturn = Optional.empty();
        private Optional<String> envelopeId = Optional.empty();
        private boolean partial;

        private Builder(Optional<Mailbox> reversePath) {
            this.reversePath = Objects.requireNonNull(reversePath, "reversePath");
        }

        /**
         * Adds recipients.
         *
         * @param mailboxes as {@code user@example.com}
         * @return this builder
         * @throws IllegalArgumentException if one is not a mailbox
         */
        public Builder to(String... mailboxes) {
            for (String mailbox : mailboxes) {
                recipients.add(Recipient.of(mailbox));
            }
            return this;
        }

        /**
         * Adds a recipient with its parameters.
         *
         * @param recipient the recipient
         * @return this builder
         */
        public Builder to(Recipient recipient) {
            recipients.add(Objects.requireNonNull(recipient, "recipient"));
            return this;
        }

        /**
         * Says what octets the content may hold; 7-bit unless said.
         *
         * @param type the body type
         * @return this builder
         */
        public Builder bodyType(BodyType type) {
            bodyType = Objects.requireNonNull(type, "type");
            return this;
        }

        /**
         * Says whether headers are in UTF-8 (RFC 6531).
         *
         * @param utf8 true if they are
         * @return this builder
         */
        public Builder smtpUtf8(boolean utf8) {
            smtpUtf8 = utf8;
            return this;
        }

        /**
         * Asks for verified TLS at each hop (RFC 8689).
         *
         * @param required true to ask
         * @return this builder
         */
        public Builder requireTls(boolean required) {
            requireTls = required;
            return this;
        }

        /**
         * Says how much a delivery status notification should bring back.
         *
         * @param amount the whole message or its headers
         * @return this builder
         */
        public Builder dsnReturn(DsnReturn amount) {
            dsnReturn = Optional.of(amount);
            return this;
        }

        /**
         * Gives the envelope an id that delivery status notifications repeat.
         *
         * @param id 1 to 100 printable ASCII characters
         * @return this builder
         */
        public Builder envelopeId(String id) {
            envelopeId = Optional.of(id);
            return this;
        }

        /**
         * Says whether the mail goes to those recipients that the next hop accepts when it refuses others. Unless said,
         * all must be accepted, else nobody gets it.
         *
         * @param accepted true to send to those that are accepted
         * @return this builder
         */
        public Builder partial(boolean accepted) {
            partial = accepted;
            return this;
        }

        /**
         * Makes the envelope.
         *
         * @return the envelope
         * @throws IllegalArgumentException if it has no recipient or a part is out of its bounds
         */
        public Envelope build() {
            return new Envelope(reversePath, recipients, bodyType, smtpUtf8, requireTls, dsnReturn, envelopeId,
                partial);
        }
    }
}
