package io.smtpra.ra.inbound.listener;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.smtpra.ra.inbound.listener.protocol.HandshakeHandler;
import io.smtpra.ra.inbound.listener.protocol.LineFaultHandler;
import io.smtpra.ra.inbound.listener.protocol.SmtpProtocol;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.log.SessionMessages;
import io.smtpra.ra.tls.server.ServerTls;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;

/**
 * What the connections of one listener share.
 *
 * @param config how it is configured
 * @param protocol makes sessions
 * @param handlers the members of the protocol's chain that the listener calls itself
 * @param tls makes the handlers that encrypt
 * @param runtime what all listeners share
 */
record ListenerContext(
        ListenerConfig config,
        Protocol protocol,
        Handlers handlers,
        Optional<ServerTls> tls,
        ListenerRuntime runtime) {

    /**
     * Members of a James handler chain. The chain is looked through once; James would do so for each connection.
     *
     * @param lines takes the command lines
     * @param connect are told of each connection, and greet
     * @param disconnect are told of its end
     * @param lineFaults answers lines that are none, if anybody wants to
     * @param handshakes is told what came of TLS handshakes, if anybody wants to be
     */
    record Handlers(
            LineHandler<ProtocolSession> lines,
            List<ConnectHandler<ProtocolSession>> connect,
            List<DisconnectHandler<ProtocolSession>> disconnect,
            Optional<LineFaultHandler> lineFaults,
            Optional<HandshakeHandler> handshakes) {

        @SuppressWarnings("unchecked")
        static Handlers of(ProtocolHandlerChain chain) {
            LineHandler<ProtocolSession> lines = chain.getFirstHandler(LineHandler.class)
                    .orElseThrow(() -> new IllegalArgumentException("The handler chain has no LineHandler"));
            return new Handlers(lines,
                    chain.getHandlers(ConnectHandler.class).stream()
                            .map(handler -> (ConnectHandler<ProtocolSession>) handler).toList(),
                    chain.getHandlers(DisconnectHandler.class).stream()
                            .map(handler -> (DisconnectHandler<ProtocolSession>) handler).toList(),
                    chain.getFirstHandler(LineFaultHandler.class),
                    chain.getFirstHandler(HandshakeHandler.class));
        }

        /** Tells those who want to know that a connection is gone. */
        void disconnected(ProtocolSession session) {
            disconnect.forEach(handler -> {
                try {
                    handler.onDisconnect(session);
                } catch (RuntimeException e) {
                    SessionMessages.LOG.endOfSessionFailed(session.getSessionID(), e);
                }
            });
        }
    }

    ListenerContext(ListenerConfig config, Protocol protocol, Optional<ServerTls> tls, ListenerRuntime runtime) {
        this(config, protocol, Handlers.of(protocol.getProtocolChain()), tls, runtime);
    }

    /** Encrypts one connection. Its handshake takes milliseconds of CPU time, which no event loop has. */
    SslHandler newTlsHandler(ByteBufAllocator allocator) {
        return tls.orElseThrow().newHandler(allocator, runtime.handshakes());
    }

    String hostName() {
        return protocol.getConfiguration().getHelloName();
    }

    /** What becomes of the answer of a handler. */
    Response settled(ProtocolSession session, Response answer) {
        return protocol instanceof SmtpProtocol smtp ? smtp.settle(session, answer) : answer;
    }

    /** The reply as this server says it: without enhanced status codes where they are switched off. */
    Response worded(Response response) {
        boolean without = protocol instanceof SmtpProtocol smtp && !smtp.hasEnhancedStatusCodes();
        return without && response instanceof SmtpReply reply ? reply.withoutEnhancedStatusCode() : response;
    }
}
