package io.smtpra.ra.client;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.net.Harmless;
import io.smtpra.ra.client.transfer.ServerExtensions;
import io.smtpra.ra.tls.client.OutboundTls;
import java.io.IOException;
import java.util.List;

/** Negotiates TLS as the policy says (RFC 3207), and forgets what was learnt in plain text. */
final class StartTls {

    private StartTls() {}

    /**
     * Negotiates.
     *
     * @param mayFallBack whether a refusal leads on in plain text
     * @return what the server offers: asked again inside TLS, or what was offered if it stays plain text
     */
    static ServerExtensions negotiate(Conversation conversation, ClientConfig config, OutboundTls policy,
            boolean mayFallBack, ServerExtensions offered) throws SmtpException {
        if (policy != OutboundTls.NEGOTIATED && policy != OutboundTls.REQUIRED) {
            return offered;
        }
        if (!offered.startTls()) {
            if (policy == OutboundTls.REQUIRED) {
                throw new SmtpException(
                        Phase.TLS, conversation.peer() + " does not offer STARTTLS, which is required", true, null);
            }
            return offered;
        }
        Reply reply = conversation.ask(Phase.TLS, "STARTTLS");
        if (reply.isPositive() && reply.code() != 220) {
            throw conversation.violated(Phase.TLS, "it answers STARTTLS with " + reply.code());
        }
        if (!reply.isPositive()) {
            // RFC 3207 section 4.1: 454 leaves the session as it was, and the client to decide.
            if (!mayFallBack) {
                throw new SmtpException(Phase.TLS, conversation.peer() + " refused STARTTLS", reply, List.of());
            }
            return offered;
        }
        if (conversation.hasUnasked()) {
            // The server speaks TLS from here on, and only after us: this is somebody else's, or a broken server's.
            throw conversation.violated(Phase.TLS, "octets came in plain text behind the reply to STARTTLS");
        }
        handshake(conversation, config);
        return Hello.say(conversation, config.heloName());
    }

    /** Makes the handshake. */
    static void handshake(Conversation conversation, ClientConfig config) throws SmtpException {
        try {
            conversation.encrypt(config.clientTls().orElseThrow());
        } catch (IOException e) {
            conversation.abort();
            throw new HandshakeFailedException(
                    "No TLS with " + conversation.peer() + ": " + Harmless.reason(e), e);
        }
    }
}
