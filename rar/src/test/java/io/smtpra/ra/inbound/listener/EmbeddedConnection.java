package io.smtpra.ra.inbound.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.server.ServerTls;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.james.protocols.api.Protocol;

/**
 * One connection to a listener, all of its pipeline included, without a socket. How it is cut is in the client's hands.
 */
public final class EmbeddedConnection {

    private static final ListenerRuntime RUNTIME =
            new ListenerRuntime(1, new ConnectionLimits(1000, 1000), Integer.MAX_VALUE, new Telemetry());
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 1234);
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.2", 25);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final EmbeddedChannel server;
    private final StringBuilder heard = new StringBuilder();
    private final List<Integer> cuts;
    private int nextCut;
    private Optional<EmbeddedChannel> client = Optional.empty();

    private EmbeddedConnection(Protocol protocol, Optional<ServerTls> tls, boolean proxied, List<Integer> cuts) {
        this.cuts = List.copyOf(cuts);
        Network proxies = Network.parse("192.0.2.0/24").orElseThrow();
        Optional<ProxyProtocol> proxy = proxied
                ? Optional.of(new ProxyProtocol(List.of(proxies), Duration.ofHours(1)))
                : Optional.empty();
        ListenerContext context = new ListenerContext(new ListenerConfig(ListenerKind.SMTP, SERVER, false,
                Timeouts.DEFAULT, AccessRules.EVERYBODY, proxy), protocol, tls, RUNTIME);
        server = new EmbeddedChannel(new ConnectionGate(context, new ConnectionGate.Logs(), new OpenConnections())) {
            @Override
            protected SocketAddress remoteAddress0() {
                return CLIENT;
            }

            @Override
            protected SocketAddress localAddress0() {
                return SERVER;
            }
        };
    }

    /**
     * Connects.
     *
     * @param proxied whether a header of the PROXY protocol is awaited
     * @param cuts how long the pieces are in which the client's octets arrive, over and over; if empty, all that is
     *     sent at once arrives at once
     */
    public static EmbeddedConnection to(
            Protocol protocol, Optional<ServerTls> tls, boolean proxied, List<Integer> cuts) {
        return new EmbeddedConnection(protocol, tls, proxied, cuts);
    }

    /** Sends octets, within TLS once that has begun. */
    public EmbeddedConnection send(String octets) {
        ByteBuf buffer = Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1);
        if (client.isPresent()) {
            client.get().writeOutbound(buffer);
            pump();
        } else {
            arrive(buffer);
            server.runPendingTasks();
        }
        return this;
    }

    /** Negotiates TLS, and waits until that has ended one way or the other. */
    public EmbeddedConnection handshake() throws GeneralSecurityException {
        heard();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Gullible()}, new SecureRandom());
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        SslHandler handler = new SslHandler(engine);
        client = Optional.of(new EmbeddedChannel(handler));
        await(() -> handler.handshakeFuture().isDone() || !server.isOpen());
        // the server's last words of the handshake, and its own knowledge of the end of it
        await(() -> server.pipeline().get(SslHandler.class) == null
                || server.pipeline().get(SslHandler.class).handshakeFuture().isDone());
        return this;
    }

    /** Closes the client's direction of TLS, but not the connection beneath. */
    public EmbeddedConnection endTls() {
        client.orElseThrow().pipeline().get(SslHandler.class).closeOutbound();
        pump();
        return this;
    }

    /** All that the server has said so far. */
    public String heard() {
        if (client.isPresent()) {
            pump();
        } else {
            server.runPendingTasks();
            take(server);
        }
        return heard.toString();
    }

    public boolean isOpen() {
        return server.isOpen();
    }

    /** The connection ends. */
    public void end() {
        server.runPendingTasks();
        server.finishAndReleaseAll();
        client.ifPresent(EmbeddedChannel::finishAndReleaseAll);
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("TLS does not get on");
            }
            pump();
            Thread.onSpinWait();
        }
        pump();
    }

    /** Carries octets to and fro until there are none; handshakes are computed by other threads. */
    private void pump() {
        EmbeddedChannel tls = client.orElseThrow();
        boolean moved = true;
        while (moved) {
            moved = false;
            tls.runPendingTasks();
            for (ByteBuf out = tls.readOutbound(); out != null; out = tls.readOutbound()) {
                arrive(out);
                moved = true;
            }
            server.runPendingTasks();
            for (ByteBuf out = server.readOutbound(); out != null; out = server.readOutbound()) {
                tls.writeInbound(out);
                moved = true;
            }
        }
        for (ByteBuf in = tls.readInbound(); in != null; in = tls.readInbound()) {
            heard.append(in.toString(StandardCharsets.ISO_8859_1));
            in.release();
        }
    }

    private void arrive(ByteBuf octets) {
        while (octets.isReadable() && server.isOpen()) {
            int length = cuts.isEmpty() ? octets.readableBytes() : cuts.get(nextCut++ % cuts.size());
            server.writeInbound(octets.readRetainedSlice(Math.min(length, octets.readableBytes())));
        }
        octets.release();
    }

    private void take(EmbeddedChannel channel) {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            heard.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
    }

    private static final class Gullible implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
