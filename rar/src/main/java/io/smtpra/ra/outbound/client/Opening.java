package io.smtpra.ra.outbound.client;

import io.smtpra.SmtpException;
import io.smtpra.ra.tls.OutboundTls;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from nothing to a session that is ready to send: connect, greeting, hello, TLS, AUTH. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final ClientConfig config;
    private final Optional<Credentials> credentials;
    private final Watchdog watchdog;

    Opening(ClientConfig config, Optional<Credentials> credentials, Watchdog watchdog) {
        this.config = config;
        this.credentials = credentials;
        this.watchdog = watchdog;
    }

    SmtpClientConnection run() throws SmtpException {
        try {
            return attempt(config.tls());
        } catch (HandshakeFailedException e) {
            if (config.tls() != OutboundTls.NEGOTIATED || !config.fallbackToPlain()) {
                throw e;
            }
            // RFC 7435 section 3: encryption where it can be had. The connection of the handshake is spoilt.
            LOG.warn("{}; mail goes in plain text, because tls=negotiated with fallbackToPlain=true allows it",
                    Harmless.reason(e));
            return attempt(OutboundTls.DISABLED);
        }
    }

    private SmtpClientConnection attempt(OutboundTls policy) throws SmtpException {
        Dialogue dialogue = Dialogue.connect(config, watchdog);
        boolean ready = false;
        try {
            if (policy == OutboundTls.IMPLICIT) {
                StartTls.handshake(dialogue);
            }
            Greeting.hear(dialogue);
            ServerExtensions offered = StartTls.negotiate(dialogue, policy, Hello.say(dialogue));
            if (credentials.isPresent()) {
                Authenticate.with(credentials.get(), dialogue, offered);
            }
            ready = true;
            return new SmtpClientConnection(dialogue, offered);
        } finally {
            if (!ready) {
                dialogue.quit();
            }
        }
    }
}
