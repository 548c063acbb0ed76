package io.smtpra.ra.inbound.listener;

import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;

/**
 * The members of a James handler chain that the listener calls itself.
 *
 * @param lines takes the command lines
 * @param connectHandlers are told of each connection, and greet
 * @param disconnectHandlers are told of its end
 * @param lineFaults answers lines that are none, if anybody wants to
 */
record HandlerChain(
        LineHandler<ProtocolSession> lines,
        List<ConnectHandler<ProtocolSession>> connectHandlers,
        List<DisconnectHandler<ProtocolSession>> disconnectHandlers,
        Optional<LineFaultHandler> lineFaults) {

    /** The chain is looked through once; James would do so for each connection. */
    @SuppressWarnings("unchecked")
    static HandlerChain of(ProtocolHandlerChain chain) {
        LineHandler<ProtocolSession> lines = chain.getFirstHandler(LineHandler.class)
                .orElseThrow(() -> new IllegalArgumentException("The handler chain has no LineHandler"));
        return new HandlerChain(lines,
                chain.getHandlers(ConnectHandler.class).stream()
                        .map(handler -> (ConnectHandler<ProtocolSession>) handler).toList(),
                chain.getHandlers(DisconnectHandler.class).stream()
                        .map(handler -> (DisconnectHandler<ProtocolSession>) handler).toList(),
                chain.getFirstHandler(LineFaultHandler.class));
    }
}
