package io.smtpra.ra.inbound.listener;

import io.smtpra.Peer;
import io.smtpra.TlsFacts;
import io.smtpra.event.ConnectionOpened;
import io.smtpra.event.ConnectionRefused;
import io.smtpra.event.SessionEnded;
import io.smtpra.event.SmtpEventKind;
import io.smtpra.event.TlsEstablished;
import io.smtpra.event.TlsFailed;
import io.smtpra.ra.inbound.listener.access.HandshakeFailures;
import io.smtpra.ra.inbound.listener.protocol.SmtpProtocol;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.telemetry.EventText;
import io.smtpra.ra.telemetry.Events;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;

/** Tells of connections, from the first octet to the last, where somebody wants to hear of them. */
final class ListenerEvents {

    private static final int QUIT = 221;

    private ListenerEvents() {}

    static void refused(ListenerContext listener, PeerAddress address, ConnectionRefused.Reason reason) {
        Events events = events(listener);
        if (events.isWanted(SmtpEventKind.CONNECTION_REFUSED)) {
            events.tell(new ConnectionRefused(Instant.now(), peer(listener, address, Optional.empty()), reason));
        }
    }

    /** The session begins; if the connection began with TLS, its handshake is over. */
    static void opened(ListenerContext listener, PeerAddress address, Connection connection, String session) {
        Events events = events(listener);
        if (events.isWanted(SmtpEventKind.CONNECTION_OPENED)) {
            events.tell(new ConnectionOpened(Instant.now(), session, peer(listener, address, connection.tlsFacts())));
        }
        if (connection.tlsFacts().isPresent()) {
            tlsEstablished(listener, address, connection, session);
        }
    }

    static void tlsEstablished(ListenerContext listener, PeerAddress address, Connection connection, String session) {
        Events events = events(listener);
        if (events.isWanted(SmtpEventKind.TLS_ESTABLISHED)) {
            events.tell(new TlsEstablished(Instant.now(), session, peer(listener, address, connection.tlsFacts()),
                    connection.tlsSession().flatMap(ListenerEvents::serverName)));
        }
    }

    /** Of a session after STARTTLS, or of none. */
    static void tlsFailed(ListenerContext listener, PeerAddress address, Optional<String> session, Throwable cause) {
        Events events = events(listener);
        if (events.isWanted(SmtpEventKind.TLS_FAILED)) {
            events.tell(new TlsFailed(Instant.now(), peer(listener, address, Optional.empty()), session,
                    HandshakeFailures.reason(cause)));
        }
    }

    /**
     * The connection of a session is gone.
     *
     * @param last what ended the session, if a reply did
     */
    static void ended(ListenerContext listener, PeerAddress address, ProtocolSession session, Optional<Response> last) {
        Events events = events(listener);
        if (events.isWanted(SmtpEventKind.SESSION_ENDED)) {
            Optional<SmtpReply> reply = last.filter(SmtpReply.class::isInstance).map(SmtpReply.class::cast);
            SessionEnded.Cause cause = last.isEmpty() ? SessionEnded.Cause.CLOSED
                    : reply.filter(said -> said.code() == QUIT).isPresent()
                            ? SessionEnded.Cause.QUIT : SessionEnded.Cause.SENT_AWAY;
            Peer peer = Optional.of(listener.protocol()).filter(SmtpProtocol.class::isInstance)
                    .flatMap(protocol -> ((SmtpProtocol) protocol).peer(session))
                    .orElseGet(() -> peer(listener, address, Optional.empty()));
            events.tell(new SessionEnded(
                    Instant.now(), session.getSessionID(), peer, cause, reply.map(SmtpReply::toReply)));
        }
    }

    private static Events events(ListenerContext listener) {
        return listener.runtime().telemetry().events();
    }

    /** Before it has said its name. */
    private static Peer peer(ListenerContext listener, PeerAddress address, Optional<TlsFacts> tls) {
        return new Peer(address.remote(), address.proxy(), "", listener.config().kind(), Optional.empty(), tls);
    }

    /** Letters, digits, hyphens, dots; BoringSSL goes on with a name that the JDK cannot express: none then. */
    private static Optional<String> serverName(SSLSession session) {
        try {
            return session instanceof ExtendedSSLSession extended
                    ? extended.getRequestedServerNames().stream().filter(SNIHostName.class::isInstance)
                            .map(name -> EventText.clean(((SNIHostName) name).getAsciiName())).findFirst()
                    : Optional.empty();
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
