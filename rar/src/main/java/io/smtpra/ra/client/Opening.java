package io.smtpra.ra.client;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.ConnectionBrokenException.Kind;
import io.smtpra.ra.client.net.Connector;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.net.Harmless;
import io.smtpra.ra.client.net.HostAddresses;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.net.Watchdog;
import io.smtpra.ra.client.transfer.ServerExtensions;
import io.smtpra.ra.log.OutboundMessages;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.tls.client.OutboundTls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from nothing to a session that is ready to send: connect, greeting, hello, TLS, AUTH. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final ClientConfig config;
    private final HostAddresses addresses;
    private final Optional<AuthCredentials> credentials;
    private final Watchdog watchdog;
    private final AtomicBoolean bdatFails;
    private final SendBudget budget;

    Opening(ClientConfig config, HostAddresses addresses, Optional<AuthCredentials> credentials, Watchdog watchdog,
            AtomicBoolean bdatFails, SendBudget budget) {
        this.config = config;
        this.addresses = addresses;
        this.credentials = credentials;
        this.watchdog = watchdog;
        this.bdatFails = bdatFails;
        this.budget = budget;
    }

    SmtpClientConnection run() throws SmtpException {
        Connector connector = Conversation.find(addresses, budget);
        while (true) {
            try {
                return atNext(connector);
            } catch (SmtpException e) {
                if (!connector.hasMore() || budget.isOver() || !mayAnotherAddressDo(e)) {
                    throw e;
                }
                LOG.debug("{}; trying the next of its addresses", Harmless.reason(e));
            }
        }
    }

    /** RFC 5321 section 5.1: whoever takes no mail now, or hangs up, may have a neighbour who does. */
    private static boolean mayAnotherAddressDo(SmtpException e) {
        boolean before = e.phase() == Phase.CONNECT || e.phase() == Phase.HELLO || e.phase() == Phase.TLS;
        return before && (e instanceof ConnectionBrokenException broken && broken.kind() != Kind.PROTOCOL
                || e.phase() != Phase.TLS && e.reply().filter(Reply::isTransient).isPresent());
    }

    private SmtpClientConnection atNext(Connector connector) throws SmtpException {
        Conversation conversation = connect(connector);
        try {
            return attempt(conversation, config.tls(), connector.hasMore());
        } catch (HandshakeFailedException e) {
            if (!mayFallBack() || e.isOfCertificate()) {
                throw e;
            }
            // RFC 7435 section 3: encryption where it can be had. The connection of the handshake is spoilt.
            OutboundMessages.LOG.fallenBack(Harmless.reason(e));
            connector.again(conversation.remoteAddress());
            return attempt(connect(connector), OutboundTls.DISABLED, connector.hasMore());
        }
    }

    private Conversation connect(Connector connector) throws ConnectionBrokenException {
        return Conversation.connect(connector, config.timeouts(), watchdog, budget);
    }

    /** Credentials that must not be shown in plain text would only be refused to it afterwards. */
    private boolean mayFallBack() {
        return config.tls() == OutboundTls.NEGOTIATED && config.fallbackToPlain()
                && (credentials.isEmpty() || config.auth().allowPlainText());
    }

    private SmtpClientConnection attempt(Conversation conversation, OutboundTls policy, boolean hasMore)
            throws SmtpException {
        boolean ready = false;
        boolean greeted = false;
        try {
            if (policy == OutboundTls.IMPLICIT) {
                StartTls.handshake(conversation, config);
            }
            Hello.hearGreeting(conversation, patience(hasMore));
            ServerExtensions plain = Hello.say(conversation, config.heloName());
            greeted = true;
            addresses.answered(conversation.remoteAddress());
            ServerExtensions offered = StartTls.negotiate(conversation, config, policy, mayFallBack(), plain);
            if (credentials.isPresent()) {
                Authenticate.with(credentials.get(), conversation, config, offered);
            }
            ready = true;
            return new SmtpClientConnection(
                    conversation, offered, offered.allowedBy(config.extensions(), bdatFails.get()), bdatFails);
        } finally {
            if (!greeted) {
                addresses.failed(conversation.remoteAddress());
            }
            if (!ready) {
                conversation.quit();
            }
        }
    }

    /** An address that connects and never greets must leave some time for the next. */
    private Duration patience(boolean hasMore) {
        Duration greeting = config.timeouts().greeting();
        Duration half = budget.left().dividedBy(2);
        return hasMore && half.compareTo(greeting) < 0 ? half : greeting;
    }
}
