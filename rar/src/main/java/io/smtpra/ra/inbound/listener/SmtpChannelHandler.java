package io.smtpra.ra.inbound.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.EventExecutor;
import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.listener.access.HandshakeFailures;
import io.smtpra.ra.inbound.listener.framing.SmtpFrameDecoder;
import io.smtpra.ra.log.ListenerMessages;
import io.smtpra.ra.telemetry.LogIds;
import io.smtpra.ra.telemetry.Statistic;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler of the pipeline: gives what is read to the driver of the session, and reads no more than it takes. */
final class SmtpChannelHandler extends ChannelInboundHandlerAdapter implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpChannelHandler.class);

    /** Frames of one connection before the others on the same event loop have their turn. */
    private static final int FRAMES_PER_TURN = 256;

    private final ListenerContext listener;
    private final PeerAddress address;
    private final InputQueue input = new InputQueue();
    private final SmtpFrameDecoder decoder = new SmtpFrameDecoder();
    private ChannelHandlerContext context;
    private ReplyWriter replies;
    private SessionDriver driver;
    private Optional<Handshake> awaited = Optional.empty();
    private Optional<TlsFacts> tlsFacts = Optional.empty();
    private Optional<Future<?>> greeting = Optional.empty();
    private boolean begun;
    private boolean decoding;
    private boolean yielding;
    private boolean inputEnded;

    SmtpChannelHandler(ListenerContext listener, PeerAddress address) {
        this.listener = listener;
        this.address = address;
    }

    // ---- what Netty tells

    /** The connection is open already: another handler has admitted it. */
    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        replies = new ReplyWriter(added);
        tlsFacts = factsOfHandshake();
        try {
            driver = new SessionDriver(listener, this, address, decoder, replies);
        } catch (RuntimeException e) {
            // Netty logs it and takes this handler away again, but would leave the connection open
            added.close();
            throw e;
        }
        Duration delay = listener.config().greetingDelay(address.remote().getAddress());
        if (delay.isZero()) {
            begin();
        } else {
            greeting = Optional.of(added.executor().schedule(this::begin, delay.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    /** Who says something, or has nothing more to say, is not kept waiting. */
    private void begin() {
        if (!begun && !driver.isOver()) {
            begun = true;
            greeting.ifPresent(timer -> timer.cancel(false));
            driver.transport().ids().run(driver::begin);
            resume();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        input.add((ByteBuf) message);
        if (begun) {
            decode();
        } else {
            begin();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        replies.flush();
        endIfInputEnded();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            resume();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        driver.transport().ids().run(() -> happened(event));
    }

    private void happened(Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshakeEnded(handshake);
        } else if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            inputEnded = true;
            begin();
            endIfInputEnded();
        } else if (event == OpenConnections.Shutdown.DRAIN) {
            driver.drain();
            begin();
            replies.flush();
        } else if (event == OpenConnections.Shutdown.END) {
            driver.shutDown();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        greeting.ifPresent(timer -> timer.cancel(false));
        input.clear();
        driver.transport().ids().run(driver::closed);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        driver.transport().ids().run(() -> failed(ctx, cause));
    }

    private void failed(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            LOG.debug("Connection from {} failed", address.text(), cause);
        } else {
            ListenerMessages.LOG.connectionFailed(address.text(), cause);
        }
        ctx.close();
    }

    OpenSession describe() {
        return driver.describe();
    }

    /** Ends the session if it has this id. */
    boolean end(String id) {
        boolean meant = describe().id().equals(id);
        if (meant) {
            driver.transport().ids().run(driver::shutDown);
        }
        return meant;
    }

    // ---- decoding

    @Override
    public void resume() {
        if (!decoding) {
            decode();
            replies.flush();
            endIfInputEnded();
        }
    }

    private void decode() {
        if (decoding || yielding) {
            return;
        }
        decoding = true;
        LogIds before = driver.transport().ids().enter();
        try {
            for (int frames = 0; driver.takesInput() && decoder.ready(input.head()); frames++) {
                if (frames == FRAMES_PER_TURN) {
                    yieldToOthers();
                    break;
                }
                decoder.step(input.head(), driver);
                input.dropTaken();
            }
        } finally {
            decoding = false;
            before.set();
        }
        if (driver.isOver()) {
            input.clear();
        }
        context.channel().config().setAutoRead(input.isEmpty());
    }

    private void yieldToOthers() {
        yielding = true;
        context.executor().execute(() -> {
            yielding = false;
            resume();
        });
    }

    private void endIfInputEnded() {
        if (inputEnded && input.isEmpty()) {
            driver.transport().ids().run(driver::endOfInput);
        }
    }

    // ---- what the driver asks

    @Override
    public EventExecutor executor() {
        return context.executor();
    }

    @Override
    public boolean hasMoreInput() {
        return !input.isEmpty();
    }

    @Override
    public void closePolitely() {
        input.clear();
        context.channel().config().setAutoRead(true);
        GracefulClose.begin(context, replies.flushLast(), inputEnded);
    }

    @Override
    public void drop() {
        context.close();
    }

    @Override
    public void startTls() {
        awaited = Optional.of(Handshake.await(context, listener, address));
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return tlsFacts.map(facts -> context.pipeline().get(SslHandler.class).engine().getSession());
    }

    @Override
    public Optional<TlsFacts> tlsFacts() {
        return tlsFacts;
    }

    private void handshakeEnded(SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
            tlsFacts = factsOfHandshake();
            driver.tlsEstablished();
            resume();
        } else {
            awaited.orElseThrow().failed(Optional.of(driver.transport().getId()), handshake.cause());
            drop();
        }
    }

    private Optional<TlsFacts> factsOfHandshake() {
        SslHandler handler = context.pipeline().get(SslHandler.class);
        if (handler == null) {
            return Optional.empty();
        }
        SSLSession session = handler.engine().getSession();
        TlsFacts facts = listener.tls().orElseThrow().facts(session);
        listener.runtime().telemetry().count(switch (facts.protocol()) {
            case "TLSv1.3" -> Statistic.TLS_1_3;
            case "TLSv1.2" -> Statistic.TLS_1_2;
            default -> Statistic.TLS_OTHER;
        });
        listener.tls().get().refusal(session, facts).ifPresent(reason ->
                ListenerMessages.LOG.clientCertificateNotTrusted(address.text(), HandshakeFailures.harmless(reason)));
        return Optional.of(facts);
    }
}
