package io.smtpra.ra.inbound.listener;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.smtpra.ra.tls.ServerTls;
import java.util.Optional;
import org.apache.james.protocols.api.Protocol;

/**
 * What the connections of one listener share.
 *
 * @param config how it is configured
 * @param protocol makes sessions
 * @param chain the protocol's handlers
 * @param tls makes the handlers that encrypt
 * @param runtime what all listeners share
 */
record ListenerContext(
        ListenerConfig config,
        Protocol protocol,
        HandlerChain chain,
        Optional<ServerTls> tls,
        ListenerRuntime runtime) {

    /** Encrypts one connection. Its handshake takes milliseconds of CPU time, which no event loop has. */
    SslHandler newTlsHandler(ByteBufAllocator allocator) {
        return tls.orElseThrow().newHandler(allocator, runtime.handshakes());
    }

    /** A reply that names this host and ends the connection (RFC 5321 section 4.2). */
    FixedReply closing(String form) {
        return worded(FixedReply.closing(form, protocol.getConfiguration().getHelloName()));
    }

    /** A reply of the listener as the protocol words its own. */
    FixedReply worded(FixedReply reply) {
        return protocol instanceof SmtpProtocol smtp && !smtp.hasEnhancedStatusCodes()
                ? reply.withoutEnhancedStatusCode()
                : reply;
    }
}
