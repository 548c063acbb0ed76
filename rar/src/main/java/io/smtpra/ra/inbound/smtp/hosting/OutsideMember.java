package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.NonBlocking;
import io.smtpra.Peer;
import io.smtpra.Reply;
import io.smtpra.StartTlsHook;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/**
 * A hook whose interfaces are none of a James handler, as a member of the chain: a {@link StartTlsHook} or an
 * {@link EhloExtension} alone.
 */
public class OutsideMember implements ProtocolHandler, StartTlsHook, EhloExtension {

    private final Object hook;

    private OutsideMember(Object hook) {
        this.hook = hook;
    }

    private static final class Quick extends OutsideMember implements NonBlocking {

        Quick(Object hook) {
            super(hook);
        }
    }

    /** The hook itself, where James' chain takes it. */
    public static ProtocolHandler of(Object hook) {
        if (hook instanceof ProtocolHandler handler) {
            return handler;
        }
        return hook instanceof NonBlocking ? new Quick(hook) : new OutsideMember(hook);
    }

    /** The name of what somebody else has written. */
    static String name(Object handler) {
        return hook(handler).getClass().getName();
    }

    /** What somebody else has written, as it was made. */
    static Object hook(Object handler) {
        return handler instanceof OutsideMember member ? member.hook : handler;
    }

    @Override
    public Optional<Reply> beforeStartTls(Peer peer) {
        return hook instanceof StartTlsHook startTls ? startTls.beforeStartTls(peer) : Optional.empty();
    }

    @Override
    public void tlsStarted(Peer peer) {
        if (hook instanceof StartTlsHook startTls) {
            startTls.tlsStarted(peer);
        }
    }

    @Override
    public void tlsFailed(Peer peer, Throwable cause) {
        if (hook instanceof StartTlsHook startTls) {
            startTls.tlsFailed(peer, cause);
        }
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return hook instanceof EhloExtension extension ? extension.getImplementedEsmtpFeatures(session) : List.of();
    }
}
