package io.smtpra.ra.inbound.listener;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.BanList;
import io.smtpra.ra.inbound.listener.access.ConnectionCounter;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.listener.access.HandshakeFailures;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.LogIds;
import io.smtpra.ra.telemetry.Telemetry;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the listeners of one adapter share: threads, limits, and the numbering of sessions. */
public final class ListenerRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerRuntime.class);
    private static final int SHUTDOWN_SECONDS = 5;
    private static final int IDLE_SECONDS = 60;
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";
    /** A handshake that finds more than these before it fails: it would time out anyway. */
    private static final int MOST_HANDSHAKES_WAITING = 2_000;

    /**
     * By which of Netty's ways sockets are served.
     *
     * @param name as the log shows it
     * @param handlers makes what waits for sockets
     * @param serverChannel what listens
     */
    record SocketKind(String name, IoHandlerFactory handlers, Class<? extends ServerSocketChannel> serverChannel) {

        /** Linux' epoll, which costs less, where Netty's native library is on the class path and fits; else the JDK's. */
        static SocketKind best() {
            try {
                if (Epoll.isAvailable()) {
                    return new SocketKind("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
                }
                LOG.debug("Netty's epoll cannot be used", Epoll.unavailabilityCause());
            } catch (LinkageError e) {
                LOG.debug("Netty's epoll is not on the class path: {}", e.toString());
            }
            return new SocketKind("NIO", NioIoHandler.newFactory(), NioServerSocketChannel.class);
        }
    }

    private final SocketKind socketKind = SocketKind.best();
    private final EventLoopGroup workers;
    private final ThreadPoolExecutor handshakes;
    private final ConnectionCounter connections;
    private final HandshakeFailures handshakeFailures;
    private final BanList bans;
    private volatile Optional<AccessRules> access = Optional.empty();
    private final Telemetry telemetry;
    /** Begins with the time, so that a session's id does not come again after a restart. */
    private final AtomicLong sessions = new AtomicLong(System.currentTimeMillis() << 8);

    /**
     * Makes the threads.
     *
     * @param threads how many serve connections; as many more are made for TLS handshakes when there are any
     * @param limits how many connections there may be
     * @param handshakeFailuresPerMinute failed TLS handshakes granted to one address
     * @param telemetry counts what happens
     */
    public ListenerRuntime(
            int threads, ConnectionLimits limits, int handshakeFailuresPerMinute, Telemetry telemetry) {
        this.telemetry = telemetry;
        followNoBuffers();
        workers = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("smtp-ra-io", true), socketKind.handlers());
        handshakes = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_HANDSHAKES_WAITING), handshakeThreads());
        handshakes.allowCoreThreadTimeOut(true);
        connections = new ConnectionCounter(limits);
        telemetry.gauge(Statistic.CONNECTIONS_OPEN, connections::total);
        bans = new BanList(limits.banAfter(), Clock.systemUTC(), () -> telemetry.count(Statistic.BANS));
        telemetry.gauge(Statistic.BANS_NOW, () -> bans.bans().size());
        handshakeFailures = new HandshakeFailures(handshakeFailuresPerMinute, System::nanoTime);
    }

    /** Netty follows one buffer in 128 through all who touch it, for a stack trace each, unless it is told by property. */
    private static void followNoBuffers() {
        if (System.getProperty(LEAK_DETECTION) == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    /** Made when a handshake needs one: without the ids of its session. */
    private static ThreadFactory handshakeThreads() {
        return new DefaultThreadFactory("smtp-ra-tls", true) {
            @Override
            public Thread newThread(Runnable task) {
                return super.newThread(() -> {
                    LogIds.none().set();
                    task.run();
                });
            }
        };
    }

    /** Ends the threads, and with them what is still open. Waits for it, but not for ever. */
    @Override
    public void close() {
        Future<?> working = workers.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        working.awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        handshakes.shutdownNow();
    }

    /**
     * Takes away what Netty has left to the calling thread. It is the server's, which lives on and would keep the adapter's
     * class loader with it.
     */
    public static void leaveThread() {
        FastThreadLocal.removeAll();
    }

    /**
     * The connections that are open now, on all listeners.
     *
     * @return how many
     */
    public int connectionCount() {
        return connections.total();
    }

    SocketKind socketKind() {
        return socketKind;
    }

    EventLoopGroup workers() {
        return workers;
    }

    Executor handshakes() {
        return handshakes;
    }

    /**
     * Counts the connections, and knows how many there may be.
     *
     * @return the counter
     */
    public ConnectionCounter connections() {
        return connections;
    }

    /**
     * Who gets no connection for a time.
     *
     * @return the list
     */
    public BanList bans() {
        return bans;
    }

    /**
     * Other rules about who may connect, on all listeners, in place of those that they are configured with.
     *
     * @param rules hold for new connections
     */
    public void admitOnly(AccessRules rules) {
        access = Optional.of(rules);
    }

    AccessRules access(AccessRules configured) {
        return access.orElse(configured);
    }

    Telemetry telemetry() {
        return telemetry;
    }

    /**
     * Counts the TLS handshakes that fail, and knows how many may.
     *
     * @return the counter
     */
    public HandshakeFailures handshakeFailures() {
        return handshakeFailures;
    }

    String nextSessionId() {
        return Long.toString(sessions.incrementAndGet(), Character.MAX_RADIX);
    }
}
