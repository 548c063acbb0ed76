package io.smtpra.ra.inbound.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.log.ListenerMessages;
import io.smtpra.ra.log.ThrottledLog;
import io.smtpra.ra.tls.server.ServerTls;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.james.protocols.api.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port on which mail comes in. Started once, and stopped once. */
public final class SmtpListener {

    /** What becomes of who connects now. */
    public enum State {

        /** Gets a session. */
        OPEN("open"),
        /** Hears 421. */
        TURNING_AWAY("turning-away"),
        /** Finds the port closed. */
        CLOSED("paused");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** As administrators see it. */
        @Override
        public String toString() {
            return text;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(SmtpListener.class);
    private static final int BACKLOG = 1024;
    private static final int FIRST_READ = 2048;
    private static final int LARGEST_READ = 64 * 1024;
    private static final WriteBufferWaterMark REPLIES_UNREAD = new WriteBufferWaterMark(8 * 1024, 32 * 1024);
    private static final long CLOSING_MILLIS = 2_500;
    private static final long ACCEPTOR_MILLIS = 1_000;
    private static final long ANSWER_MILLIS = 2_000;

    private final ListenerContext context;
    private final ConnectionGate.Logs logs = new ConnectionGate.Logs();
    private final OpenConnections connections = new OpenConnections();
    private Optional<Channel> serverChannel = Optional.empty();
    /** Where it listens, once it does; a free port is the same one again after a pause. */
    private Optional<InetSocketAddress> address = Optional.empty();

    /**
     * A listener, not yet listening.
     *
     * @param config how it is configured
     * @param protocol its sessions and their handlers
     * @param tls for STARTTLS and implicit TLS; absent: neither is possible
     * @param runtime its threads and limits, which outlive it
     */
    public SmtpListener(ListenerConfig config, Protocol protocol, Optional<ServerTls> tls, ListenerRuntime runtime) {
        if (config.implicitTls() && tls.isEmpty()) {
            throw new IllegalArgumentException("Implicit TLS needs a certificate");
        }
        context = new ListenerContext(config, protocol, tls, runtime);
    }

    /**
     * Begins to listen.
     *
     * @return where it listens
     * @throws IOException if it cannot, naming address and port
     */
    public synchronized InetSocketAddress start() throws IOException {
        ChannelFuture bound =
                bootstrap().bind(address.orElse(context.config().bindAddress())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw cannotListen(bound.cause());
        }
        serverChannel = Optional.of(bound.channel());
        InetSocketAddress local = (InetSocketAddress) bound.channel().localAddress();
        address = Optional.of(local);
        ListenerMessages.LOG.listening(context.config().kind().configurationName(), text(local),
                context.runtime().socketKind().name());
        return local;
    }

    /**
     * What it is for.
     *
     * @return the kind
     */
    public ListenerKind kind() {
        return context.config().kind();
    }

    /**
     * Where it listens.
     *
     * @return address and port, as text
     */
    public synchronized String address() {
        return text(address.orElse(context.config().bindAddress()));
    }

    /**
     * Takes no new connection until {@link #resume()}. Those which are open go on.
     *
     * @param port true: the port is closed; false: who connects hears 421
     */
    public synchronized void pause(boolean port) {
        State before = state();
        connections.turnAway(!port);
        if (port && serverChannel.filter(Channel::isOpen).isPresent()) {
            Channel server = serverChannel.get();
            server.close().awaitUninterruptibly(ACCEPTOR_MILLIS);
            // The JDK gives the port back when the event loop next waits for sockets, which it has done then.
            server.eventLoop().schedule(() -> { }, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly(ACCEPTOR_MILLIS);
        }
        String listener = context.config().kind().configurationName();
        if (state() == before) {
            return;
        }
        if (port) {
            ListenerMessages.LOG.pausedPortClosed(listener, address());
        } else {
            ListenerMessages.LOG.pausedPortOpen(listener, address());
        }
    }

    /**
     * Takes connections again.
     *
     * @throws IOException if the port is somebody else's by now
     */
    public synchronized void resume() throws IOException {
        State before = state();
        connections.turnAway(false);
        if (before == State.CLOSED) {
            start();
        } else if (before == State.TURNING_AWAY) {
            ListenerMessages.LOG.resumed(context.config().kind().configurationName(), address());
        }
    }

    /**
     * What becomes of who connects now.
     *
     * @return closed while it is paused, and after its stop
     */
    public synchronized State state() {
        if (serverChannel.filter(Channel::isOpen).isEmpty()) {
            return State.CLOSED;
        }
        return connections.turnsAway() ? State.TURNING_AWAY : State.OPEN;
    }

    /**
     * Who may connect now.
     *
     * @return the rules, as they are configured or as they were changed since
     */
    public AccessRules access() {
        return context.runtime().access(context.config().access());
    }

    /**
     * The connections that are open now.
     *
     * @return how many
     */
    public int connectionCount() {
        return connections.count();
    }

    /** Lets those who are connected finish the mail that they have begun, and then hear 421. */
    public void finishSessions() {
        connections.finish();
    }

    /**
     * The sessions that are open now.
     *
     * @return those which answer within two seconds
     */
    public List<OpenSession> sessions() {
        return ask(SmtpChannelHandler::describe);
    }

    /**
     * Ends a session: it hears 421, whatever it is at.
     *
     * @param id as {@link #sessions()} has it
     * @return false if there is none
     */
    public boolean endSession(String id) {
        return ask(session -> session.end(id)).contains(true);
    }

    /** Asks all sessions at once, each in its event loop; who does not answer in time is left out. */
    private <T> List<T> ask(Function<SmtpChannelHandler, T> question) {
        List<CompletableFuture<Optional<T>>> answers = connections.channels().stream()
                .map(channel -> CompletableFuture.supplyAsync(
                        () -> Optional.ofNullable(channel.pipeline().get(SmtpChannelHandler.class)).map(question),
                        channel.eventLoop()))
                .toList();
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Not all sessions could be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answers.stream()
                .filter(answer -> answer.isDone() && !answer.isCompletedExceptionally())
                .flatMap(answer -> answer.join().stream()).toList();
    }

    /**
     * Stops: no new connection, 421 to those which are idle, and a mail that is being received or delivered may be
     * finished, as long as there is time.
     *
     * @param drain the time
     * @return complete when the last connection is closed
     */
    public synchronized CompletionStage<Void> stop(Duration drain) {
        if (serverChannel.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Channel server = serverChannel.get();
        String local = address();
        server.close().awaitUninterruptibly(ACCEPTOR_MILLIS);
        CompletionStage<Void> ended = connections.drain();
        Future<?> end = server.eventLoop().schedule(connections::end, drain.toMillis(), TimeUnit.MILLISECONDS);
        Future<?> close = server.eventLoop().schedule(
                connections::close, drain.toMillis() + CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        return ended.thenRun(() -> {
            end.cancel(false);
            close.cancel(false);
            ListenerMessages.LOG.stoppedListening(context.config().kind().configurationName(), local);
        });
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(context.runtime().workers())
                .channel(context.runtime().socketKind().serverChannel())
                .handler(new AcceptFailures())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, REPLIES_UNREAD)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(FIRST_READ, FIRST_READ, LARGEST_READ))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(connections, new ConnectionGate(context, logs, connections));
                    }
                });
    }

    private IOException cannotListen(Throwable cause) {
        String message = "Cannot listen for " + context.config().kind().configurationName() + " on "
                + text(context.config().bindAddress()) + ": "
                + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
        IOException failure = cause instanceof BindException ? new BindException(message) : new IOException(message);
        failure.initCause(cause);
        return failure;
    }

    private static String text(InetSocketAddress address) {
        return (address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress()) + ":"
                + address.getPort();
    }

    /** Says that connections cannot be accepted, mostly for want of file descriptors, and tries again a little later. */
    static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        private static final long PAUSE_MILLIS = 500;

        private final ThrottledLog log = new ThrottledLog();

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            log.log(ListenerMessages.LOG::cannotAccept, cause.toString());
            ctx.channel().config().setAutoRead(false);
            ctx.executor().schedule(
                    () -> ctx.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
