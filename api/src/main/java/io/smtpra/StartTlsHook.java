package io.smtpra;

import java.util.Optional;

/**
 * Hooks into TLS on the inbound side: asked before {@code STARTTLS} (RFC 3207) is answered, and told what came of the
 * handshake, on ports with STARTTLS and on those that begin in TLS alike. Named in the adapter's property {@code
 * hooks}.
 *
 * <p>Called on the server's threads, while its connection waits, for as long as {@code hookTimeout} allows; one that is
 * marked {@link NonBlocking}, on the thread that serves the connection and many others. One object serves all
 * connections, several at a time.
 */
public interface StartTlsHook {

    /**
     * A client wants to start TLS, and may. If this method fails, or takes too long, the answer is {@code 454 4.7.0}.
     *
     * @param peer the client
     * @return the refusal, 4xx or 5xx; or empty to go on
     */
    default Optional<Reply> beforeStartTls(Peer peer) {
        return Optional.empty();
    }

    /**
     * The handshake is done; the client's first command within TLS, or our greeting, is still to come.
     *
     * @param peer the client, with the facts of its TLS
     */
    default void tlsStarted(Peer peer) {}

    /**
     * The handshake has failed. The connection ends.
     *
     * @param peer the client, as far as it is known
     * @param cause what went wrong
     */
    default void tlsFailed(Peer peer, Throwable cause) {}
}
