package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.StartTlsHook;
import io.smtpra.ra.inbound.listener.protocol.HandshakeHandler;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.session.AddressLiteral;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPSession;

/** Tells each {@link StartTlsHook} what came of a handshake, on ports with STARTTLS and on those that begin in TLS. */
public final class TlsHooks implements HandshakeHandler, ConnectHandler<SMTPSession>, ExtensibleHandler {

    private final HookCalls calls;
    private List<StartTlsHook> hooks = List.of();

    public TlsHooks(HookCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(StartTlsHook.class);
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> extensions) {
        hooks = extensions.stream().map(StartTlsHook.class::cast).toList();
    }

    /** A connection that begins in TLS has its handshake behind it. */
    @Override
    public Response onConnect(SMTPSession session) {
        return session.isTLSStarted() ? tell((SmtpSession) session) : null;
    }

    @Override
    public Response onHandshake(ProtocolSession session) {
        SmtpSession ours = (SmtpSession) session;
        ours.forgetAll();
        return tell(ours);
    }

    @Override
    public void onFailedHandshake(
            InetSocketAddress address, Optional<InetSocketAddress> proxy, ListenerKind kind, Throwable cause) {
        Peer peer = new Peer(address, proxy, "", kind, Optional.empty(), Optional.empty());
        for (StartTlsHook hook : hooks) {
            calls.tell(AddressLiteral.of(address), hook, () -> hook.tlsFailed(peer, cause));
        }
    }

    private Response tell(SmtpSession session) {
        return hooks.isEmpty() ? null : tell(session, session.peer(), hooks.iterator());
    }

    private Response tell(SmtpSession session, Peer peer, Iterator<StartTlsHook> told) {
        if (!told.hasNext()) {
            return null;
        }
        StartTlsHook hook = told.next();
        return session.whenDone(calls.tell(session.getSessionID(), hook, () -> hook.tlsStarted(peer)),
                done -> tell(session, peer, told));
    }
}
