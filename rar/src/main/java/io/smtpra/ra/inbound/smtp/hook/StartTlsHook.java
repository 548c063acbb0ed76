package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.Peer;
import io.smtpra.Reply;
import java.util.Optional;
import org.apache.james.protocols.api.handler.ProtocolHandler;

/** Hooks into STARTTLS: a handler of the James chain that is asked before TLS starts, and told when it has. */
public interface StartTlsHook extends ProtocolHandler {

    /**
     * A client wants to start TLS, and may. Called by an event loop: it must not block.
     *
     * @param peer the client
     * @return the refusal, or empty to go on
     */
    default Optional<Reply> beforeStartTls(Peer peer) {
        return Optional.empty();
    }

    /**
     * The client said its first command within TLS, with STARTTLS or from the beginning. Called by an event loop: it
     * must not block.
     *
     * @param peer the client, with its TLS facts
     */
    default void tlsStarted(Peer peer) {}
}
