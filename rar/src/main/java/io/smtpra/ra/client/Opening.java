package io.smtpra.ra.client;

import io.smtpra.SmtpException;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.net.Harmless;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.net.Watchdog;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.tls.OutboundTls;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from nothing to a session that is ready to send: connect, greeting, hello, TLS, AUTH. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final ClientConfig config;
    private final Optional<AuthCredentials> credentials;
    private final Watchdog watchdog;
    private final SendBudget budget;

    Opening(ClientConfig config, Optional<AuthCredentials> credentials, Watchdog watchdog, SendBudget budget) {
        this.config = config;
        this.credentials = credentials;
        this.watchdog = watchdog;
        this.budget = budget;
    }

    SmtpClientConnection run() throws SmtpException {
        try {
            return attempt(config.tls());
        } catch (HandshakeFailedException e) {
            if (!mayFallBack() || e.isOfCertificate()) {
                throw e;
            }
            // RFC 7435 section 3: encryption where it can be had. The connection of the handshake is spoilt.
            LOG.warn("{}; mail goes in plain text, because tls=negotiated with fallbackToPlain=true allows it",
                    Harmless.reason(e));
            return attempt(OutboundTls.DISABLED);
        }
    }

    /** Credentials that must not be shown in plain text would only be refused to it afterwards. */
    private boolean mayFallBack() {
        return config.tls() == OutboundTls.NEGOTIATED && config.fallbackToPlain()
                && (credentials.isEmpty() || config.auth().allowPlainText());
    }

    private SmtpClientConnection attempt(OutboundTls policy) throws SmtpException {
        Conversation conversation = Conversation.connect(
                config.host(), config.port(), config.timeouts(), watchdog, budget);
        boolean ready = false;
        try {
            if (policy == OutboundTls.IMPLICIT) {
                StartTls.handshake(conversation, config);
            }
            Hello.hearGreeting(conversation);
            ServerExtensions offered = StartTls.negotiate(
                    conversation, config, policy, mayFallBack(), Hello.say(conversation, config.heloName()));
            if (credentials.isPresent()) {
                Authenticate.with(credentials.get(), conversation, config, offered);
            }
            ready = true;
            return new SmtpClientConnection(conversation, offered, config.extensions());
        } finally {
            if (!ready) {
                conversation.quit();
            }
        }
    }
}
