package io.smtpra.ra.inbound.listener;

import io.smtpra.ListenerKind;
import io.smtpra.TlsFacts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
    private final SessionDriver driver;

    SessionTransport(String id, ListenerContext listener, PeerAddress address, Connection connection, SessionDriver driver) {
        this.id = id;
        this.listener = listener;
        this.address = address;
        this.connection = connection;
        this.driver = driver;
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
        return connection.tlsSession().isPresent();
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return connection.tlsSession();
    }

    @Override
    public Optional<TlsFacts> tlsFacts() {
        return connection.tlsFacts();
    }

    /** The listener reads the header itself, before there is a session. */
    @Override
    public boolean isProxyRequired() {
        return false;
    }

    @Override
    public void writeResponse(Response response, ProtocolSession session) {
        driver.write(response);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {
        driver.pushLineHandler((LineHandler<ProtocolSession>) handler);
    }

    @Override
    public void popLineHandler() {
        driver.popLineHandler();
    }

    @Override
    public void setReadable(boolean readable) {
        driver.setReadable(readable);
    }

    @Override
    public boolean isReadable() {
        return driver.isReadable();
    }

    @Override
    public boolean hasPipelinedInput() {
        return connection.hasMoreInput();
    }

    @Override
    public Executor eventLoop() {
        return connection.executor();
    }

    @Override
    public CompletionStage<Void> delay(Duration duration) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        connection.executor().schedule(() -> {
            if (!driver.isOver()) {
                over.complete(null);
            }
        }, duration.toNanos(), TimeUnit.NANOSECONDS);
        return over;
    }
}
