package io.smtpra.ra.outbound;

import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.sasl.AuthCredentials;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a connection factory was configured to do.
 *
 * @param client the next hop
 * @param credentials by what to authenticate when the application and the server name nobody
 * @param tokenSignOn whether a password is an OAuth 2.0 token
 * @param sendAt when a mail goes out that is sent inside a transaction
 * @param sendTimeout how long one sending may take in all
 * @param reuse how long a connection is used
 */
record OutboundConfig(
        ClientConfig client,
        Optional<AuthCredentials> credentials,
        boolean tokenSignOn,
        SendAt sendAt,
        Duration sendTimeout,
        Reuse reuse) {

    OutboundConfig {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(sendAt, "sendAt");
        Objects.requireNonNull(sendTimeout, "sendTimeout");
        Objects.requireNonNull(reuse, "reuse");
    }

    /** The next hop, as the log names it. */
    String nextHop() {
        return client.host() + ":" + client.port();
    }

    /**
     * How long a connection is used before a new one takes its place.
     *
     * @param maxIdle how long it may be without a mail
     * @param maxAge how old it may be
     * @param maxMails how many mails it may carry
     * @param firstReply how long to wait for the reply to the first command of a mail on it
     */
    record Reuse(Duration maxIdle, Duration maxAge, int maxMails, Duration firstReply) {

        Reuse {
            Objects.requireNonNull(maxIdle, "maxIdle");
            Objects.requireNonNull(maxAge, "maxAge");
            Objects.requireNonNull(firstReply, "firstReply");
        }
    }
}
