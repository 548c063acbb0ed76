package io.smtpra.ra.outbound.client;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.tls.OutboundTls;
import java.io.IOException;
import java.util.List;

/** Negotiates TLS as the policy says (RFC 3207), and forgets what was learnt in plain text. */
final class StartTls {

    private StartTls() {}

    /**
     * Negotiates.
     *
     * @return what the server offers: asked again inside TLS, or what was offered if it stays plain text
     */
    static ServerExtensions negotiate(Dialogue dialogue, OutboundTls policy, ServerExtensions offered)
            throws SmtpException {
        if (policy != OutboundTls.NEGOTIATED && policy != OutboundTls.REQUIRED) {
            return offered;
        }
        if (!offered.startTls()) {
            if (policy == OutboundTls.REQUIRED) {
                throw new SmtpException(
                        Phase.TLS, dialogue.peer() + " does not offer STARTTLS, which is required", true, null);
            }
            return offered;
        }
        Reply reply = dialogue.ask(Phase.TLS, "STARTTLS");
        if (reply.isPositive() && reply.code() != 220) {
            throw dialogue.violated(Phase.TLS, "it answers STARTTLS with " + reply.code());
        }
        if (!reply.isPositive()) {
            // RFC 3207 section 4.1: 454 leaves the session as it was, and the client to decide.
            if (policy == OutboundTls.REQUIRED || !dialogue.config().fallbackToPlain()) {
                throw new SmtpException(Phase.TLS, dialogue.peer() + " refused STARTTLS", reply, List.of());
            }
            return offered;
        }
        if (dialogue.hasUnasked()) {
            // The server speaks TLS from here on, and only after us: this is somebody else's, or a broken server's.
            throw dialogue.violated(Phase.TLS, "octets came in plain text behind the reply to STARTTLS");
        }
        handshake(dialogue);
        return Hello.say(dialogue);
    }

    /** Makes the handshake. */
    static void handshake(Dialogue dialogue) throws SmtpException {
        try {
            dialogue.encrypt(dialogue.config().clientTls().orElseThrow());
        } catch (IOException e) {
            dialogue.abort();
            throw new HandshakeFailedException(
                    "No TLS with " + dialogue.peer() + ": " + Harmless.reason(e), e);
        }
    }
}
