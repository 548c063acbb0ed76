package io.smtpra.ra.outbound.settings;

import io.smtpra.Mailbox;
import io.smtpra.ra.outbound.relay.RelayConfig;
import io.smtpra.ra.sasl.AuthCredentials;
import java.util.Objects;
import java.util.Optional;

/**
 * What a connection factory was configured to do.
 *
 * @param relay where mail goes, and how
 * @param credentials by what to authenticate when the application and the server name nobody
 * @param tokenSignOn whether a password is an OAuth 2.0 token
 * @param sendAt when a mail goes out that is sent inside a transaction
 * @param addressing what is done to envelopes
 * @param sessionName the JNDI name of the Jakarta Mail session that sends through the factory, if there is to be one
 */
public record OutboundConfig(
        RelayConfig relay,
        Optional<AuthCredentials> credentials,
        boolean tokenSignOn,
        SendAt sendAt,
        Addressing addressing,
        Optional<String> sessionName) {

    /** Refuses nulls. */
    public OutboundConfig {
        Objects.requireNonNull(relay, "relay");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(sendAt, "sendAt");
        Objects.requireNonNull(addressing, "addressing");
        Objects.requireNonNull(sessionName, "sessionName");
    }

    /** The next hop, as the log names it: that of all domains without a route of their own. */
    public String nextHop() {
        return relay.routes().others().name();
    }

    /**
     * What is done to envelopes.
     *
     * @param reversePath the reverse-path of messages that come without an envelope: absent: what their headers tell;
     *     an absent mailbox in it: the null reverse-path
     * @param redirectTo to whom all mail goes in place of its recipients, as test systems want it
     */
    public record Addressing(Optional<Optional<Mailbox>> reversePath, Optional<Mailbox> redirectTo) {}
}
