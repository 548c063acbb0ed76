package io.smtpra.ra.outbound.relay;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.ra.authenticity.dkim.sign.SigningKeys;
import io.smtpra.ra.outbound.form.OutgoingContent;
import io.smtpra.ra.tls.client.ClientTls;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How mail is relayed.
 *
 * @param routes where it goes
 * @param sendTimeout how long one sending may take in all
 * @param reuse how long a connection is used
 * @param signing by which keys it is signed (DKIM), if it is
 */
public record RelayConfig(Routes routes, Duration sendTimeout, Reuse reuse, Optional<SigningKeys> signing) {

    /** Refuses nulls. */
    public RelayConfig {
        Objects.requireNonNull(routes, "routes");
        Objects.requireNonNull(sendTimeout, "sendTimeout");
        Objects.requireNonNull(reuse, "reuse");
        Objects.requireNonNull(signing, "signing");
    }

    /** A content on its way out: in the form that a next hop takes, and signed. */
    OutgoingContent outgoing(Envelope envelope, MailContent content) {
        return new OutgoingContent(content, envelope.bodyType(), signing);
    }

    /** All key and trust material in use. */
    public Set<ClientTls> clientTls() {
        return routes.hops().stream()
                .flatMap(hop -> hop.hosts().stream())
                .flatMap(host -> host.clientTls().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * How long a connection is used before a new one takes its place.
     *
     * @param maxIdle how long it may be without a mail
     * @param maxAge how old it may be
     * @param maxMails how many mails it may carry
     * @param firstReply how long to wait for the reply to the first command of a mail on it
     */
    public record Reuse(Duration maxIdle, Duration maxAge, int maxMails, Duration firstReply) {

        /** Refuses nulls. */
        public Reuse {
            Objects.requireNonNull(maxIdle, "maxIdle");
            Objects.requireNonNull(maxAge, "maxAge");
            Objects.requireNonNull(firstReply, "firstReply");
        }
    }
}
