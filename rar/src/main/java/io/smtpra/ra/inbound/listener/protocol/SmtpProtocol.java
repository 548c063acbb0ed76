package io.smtpra.ra.inbound.listener.protocol;

import io.smtpra.Peer;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import java.util.Optional;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;

/** A protocol that has the last word on what the listener sends. */
public interface SmtpProtocol extends Protocol {

    /**
     * Whether replies have enhanced status codes (RFC 2034).
     *
     * @return true if so
     */
    boolean hasEnhancedStatusCodes();

    /**
     * How far a dialogue has come, for an administrator: name, user, mail. Asked in the connection's event loop.
     *
     * @param session the session
     * @return one line without control characters
     */
    String describe(ProtocolSession session);

    /**
     * The host at the other end, as far as it is known.
     *
     * @param session the session
     * @return the peer; absent if the protocol knows no more of it than the listener does
     */
    default Optional<Peer> peer(ProtocolSession session) {
        return Optional.empty();
    }

    /**
     * What becomes of an answer. Asked once for each answer to what a client has sent, when it is known; not for what
     * makes the listener read content or begin TLS.
     *
     * @param session the session
     * @param answer of a handler
     * @return what is said in its place: a {@link SmtpReply}, or a {@link DeferredResponse} that holds one back; a
     *     response of a handler that is not ours may stay as it is
     */
    Response settle(ProtocolSession session, Response answer);
}
