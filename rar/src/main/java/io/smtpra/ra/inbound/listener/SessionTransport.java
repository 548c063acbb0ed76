package io.smtpra.ra.inbound.listener;

import io.smtpra.ListenerKind;
import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.listener.protocol.SmtpTransport;
import io.smtpra.ra.telemetry.LogIds;
import io.smtpra.ra.telemetry.Telemetry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;

/** The transport as James and our own handlers see it. */
final class SessionTransport implements SmtpTransport {

    private final String id;
    private final ListenerContext listener;
    private final PeerAddress address;
    private final Connection connection;
    private final Consumer<Response> replies;
    private final BooleanSupplier over;
    private final Deque<LineHandler<ProtocolSession>> lineHandlers = new ArrayDeque<>(2);
    private final Executor eventLoop;
    private LogIds ids;
    private boolean readable = true;

    /**
     * A transport.
     *
     * @param replies takes what a handler writes of its own accord
     * @param over whether the session has ended
     */
    SessionTransport(String id, ListenerContext listener, PeerAddress address, Connection connection,
            Consumer<Response> replies, BooleanSupplier over) {
        this.id = id;
        this.listener = listener;
        this.address = address;
        this.connection = connection;
        this.replies = replies;
        this.over = over;
        this.ids = LogIds.ofSession(id);
        this.eventLoop = LogIds.on(connection.executor(), this::ids);
        lineHandlers.push(listener.handlers().lines());
    }

    /** What stands in the log's context while something is done for this session. */
    LogIds ids() {
        return ids;
    }

    /** Who takes the next line. */
    LineHandler<ProtocolSession> lineHandler() {
        return lineHandlers.element();
    }

    /** The chain takes the lines again, whoever has been pushed before it. */
    void resetLineHandlers() {
        lineHandlers.clear();
        lineHandlers.push(listener.handlers().lines());
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return address.remote();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return address.local();
    }

    @Override
    public Optional<InetSocketAddress> proxyAddress() {
        return address.proxy();
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public ListenerKind listenerKind() {
        return listener.config().kind();
    }

    @Override
    public boolean isStartTLSSupported() {
        return listener.tls().isPresent();
    }

    @Override
    public boolean isTLSStarted() {
        return connection.tlsFacts().isPresent();
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return connection.tlsSession();
    }

    @Override
    public Optional<TlsFacts> tlsFacts() {
        return connection.tlsFacts();
    }

    @Override
    public Telemetry telemetry() {
        return listener.runtime().telemetry();
    }

    @Override
    public void mail(Optional<String> mail) {
        ids = mail.map(ids::withMail).orElseGet(ids::withoutMail);
        ids.set();
    }

    @Override
    public void offence() {
        listener.runtime().bans().offence(address.remote().getAddress());
    }

    /** The listener reads the header itself, before there is a session. */
    @Override
    public boolean isProxyRequired() {
        return false;
    }

    @Override
    public void writeResponse(Response response, ProtocolSession session) {
        replies.accept(response);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {
        lineHandlers.push((LineHandler<ProtocolSession>) handler);
    }

    /** The last one stays: it is the chain's own. */
    @Override
    public void popLineHandler() {
        if (lineHandlers.size() > 1) {
            lineHandlers.pop();
        }
    }

    @Override
    public void setReadable(boolean readable) {
        this.readable = readable;
        connection.resume();
    }

    @Override
    public boolean isReadable() {
        return readable;
    }

    @Override
    public boolean hasPipelinedInput() {
        return connection.hasMoreInput();
    }

    @Override
    public Executor eventLoop() {
        return eventLoop;
    }

    @Override
    public CompletionStage<Void> delay(Duration duration) {
        CompletableFuture<Void> elapsed = new CompletableFuture<>();
        connection.executor().schedule(() -> {
            if (!over.getAsBoolean()) {
                ids.run(() -> elapsed.complete(null));
            }
        }, duration.toNanos(), TimeUnit.NANOSECONDS);
        return elapsed;
    }
}
