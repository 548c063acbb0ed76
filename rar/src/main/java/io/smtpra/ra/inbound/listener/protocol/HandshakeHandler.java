package io.smtpra.ra.inbound.listener.protocol;

import io.smtpra.ListenerKind;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ProtocolHandler;

/** A member of the handler chain that is told what came of TLS handshakes. */
public interface HandshakeHandler extends ProtocolHandler {

    /**
     * A handshake that STARTTLS began is done, and what was said in plain text forgotten. Where a connection begins
     * with the handshake, its {@code ConnectHandler}s are told instead.
     *
     * @param session the session
     * @return null to go on, or a {@link DeferredResponse} of null to go on later
     */
    Response onHandshake(ProtocolSession session);

    /**
     * A handshake that a client began has failed; its connection ends.
     *
     * @param peer the client
     * @param proxy the proxy in front of it, if there is one
     * @param kind the kind of listener that it connected to
     * @param cause what went wrong
     */
    void onFailedHandshake(
            InetSocketAddress peer, Optional<InetSocketAddress> proxy, ListenerKind kind, Throwable cause);
}
