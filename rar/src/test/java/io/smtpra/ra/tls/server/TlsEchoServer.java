package io.smtpra.ra.tls.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.smtpra.TlsFacts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/** A listener on the loopback address that gives back what it gets, and notes how handshakes end. */
public final class TlsEchoServer implements AutoCloseable {

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService handshakes = Executors.newFixedThreadPool(2);
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final Channel channel;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile long sessionMade;

    public TlsEchoServer(ServerTls tls) {
        channel = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(tls.newHandler(connection.alloc(), handshakes), new Echo(tls));
                    }
                }).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly().channel();
    }

    /** A server that took its certificate at another time than now. */
    public static TlsEchoServer openedAt(Instant time, ServerTlsConfig config) throws Exception {
        return new TlsEchoServer(ServerTls.open(config, Clock.fixed(time, ZoneOffset.UTC)));
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** The facts of the next handshake that succeeds or has succeeded. */
    public TlsFacts nextFacts() throws InterruptedException {
        return next(TlsFacts.class);
    }

    /** Why the certificate of the handshake that succeeded last is not trusted. */
    public Optional<String> lastRefusal() {
        return refusal;
    }

    /** When the session of the handshake that succeeded last was made; of one that was resumed, of course, before. */
    public long lastSessionMade() throws InterruptedException {
        nextFacts();
        return sessionMade;
    }

    /** The next failure. */
    public Throwable nextFailure() throws InterruptedException {
        return next(Throwable.class);
    }

    private <T> T next(Class<T> type) throws InterruptedException {
        Object event = events.poll(10, TimeUnit.SECONDS);
        if (!type.isInstance(event)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", got " + event,
                    event instanceof Throwable cause ? cause : null);
        }
        return type.cast(event);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        handshakes.shutdownNow();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Echo extends ChannelInboundHandlerAdapter {

        private final ServerTls tls;

        Echo(ServerTls tls) {
            this.tls = tls;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completion) {
                events.add(completion.isSuccess() ? facts(context) : completion.cause());
            }
        }

        private TlsFacts facts(ChannelHandlerContext context) {
            SSLSession session = context.pipeline().get(SslHandler.class).engine().getSession();
            TlsFacts facts = tls.facts(session);
            refusal = tls.refusal(session, facts);
            sessionMade = session.getCreationTime();
            return facts;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (context.pipeline().get(SslHandler.class).handshakeFuture().isSuccess()) {
                events.add(cause);
            }
            context.close();
        }
    }
}
