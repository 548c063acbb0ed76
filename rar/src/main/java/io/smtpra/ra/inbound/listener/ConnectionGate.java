package io.smtpra.ra.inbound.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.smtpra.event.ConnectionRefused.Reason;
import io.smtpra.ra.inbound.listener.access.AddressGroup;
import io.smtpra.ra.inbound.listener.access.ConnectionCounter;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.log.ListenerMessages;
import io.smtpra.ra.log.ThrottledLog;
import io.smtpra.ra.telemetry.Statistic;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a connection has to pass before there is a session: the limits, the PROXY header, the access rules, the handshake
 * of implicit TLS. A connection that is refused costs little more than the reply.
 */
final class ConnectionGate extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);
    /** Octets of a header's extensions, which nobody reads here. */
    private static final int MOST_PROXY_EXTENSIONS = 2048;

    /**
     * What a listener says about connections that it refuses.
     *
     * @param total too many in all
     * @param perAddress too many from one address
     * @param denied not allowed by address
     * @param banned not allowed for a time
     * @param notProxy not from a proxy
     * @param noHeader from a proxy that did not say for whom
     */
    record Logs(
            ThrottledLog total,
            ThrottledLog perAddress,
            ThrottledLog denied,
            ThrottledLog banned,
            ThrottledLog notProxy,
            ThrottledLog noHeader) {

        Logs() {
            this(new ThrottledLog(), new ThrottledLog(), new ThrottledLog(), new ThrottledLog(), new ThrottledLog(),
                    new ThrottledLog());
        }
    }

    private final ListenerContext listener;
    private final Logs logs;
    private final OpenConnections siblings;
    private PeerAddress address;
    private Optional<Handshake> awaited = Optional.empty();

    /**
     * For one connection.
     *
     * @param siblings the connections of the same listener
     */
    ConnectionGate(ListenerContext listener, Logs logs, OpenConnections siblings) {
        this.listener = listener;
        this.logs = logs;
        this.siblings = siblings;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        address = new PeerAddress((InetSocketAddress) ctx.channel().remoteAddress(),
                (InetSocketAddress) ctx.channel().localAddress(), Optional.empty());
        ConnectionCounter connections = listener.runtime().connections();
        if (!connections.enter()) {
            refused(Statistic.CONNECTIONS_REFUSED_IN_ALL, Reason.TOO_MANY);
            logs.total().log(ListenerMessages.LOG::tooManyConnections, address.text());
            refuse(ctx, SmtpReplies.tooManyConnections(listener.hostName()));
            return;
        }
        ctx.channel().closeFuture().addListener(closed -> connections.leave());
        if (listener.config().proxyProtocol().isPresent()) {
            awaitProxyHeader(ctx, listener.config().proxyProtocol().get());
        } else {
            admit(ctx);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HAProxyMessage header) {
                proxied(header);
                admit(ctx);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                open(ctx);
            } else {
                awaited.orElseThrow().failed(Optional.empty(), handshake.cause());
                ctx.close();
            }
        } else if (event instanceof ChannelInputShutdownEvent || event instanceof OpenConnections.Shutdown) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof HAProxyProtocolException) {
            refused(Statistic.CONNECTIONS_REFUSED_BY_PROXY_RULES, Reason.PROXY);
            logs.noHeader().log(ListenerMessages.LOG::badProxyHeader, address.text());
        } else {
            LOG.debug("Connection from {} failed before its session began", address.text(), cause);
        }
        ctx.close();
    }

    // ---- PROXY protocol

    private void awaitProxyHeader(ChannelHandlerContext ctx, ProxyProtocol proxyProtocol) {
        if (!proxyProtocol.isProxy(address.remote().getAddress())) {
            refused(Statistic.CONNECTIONS_REFUSED_BY_PROXY_RULES, Reason.PROXY);
            logs.notProxy().log(ListenerMessages.LOG::noProxy, address.text());
            ctx.close();
            return;
        }
        ctx.pipeline().addBefore(ctx.name(), null, new HAProxyMessageDecoder(MOST_PROXY_EXTENSIONS));
        ctx.executor().schedule(() -> {
            if (address.proxy().isEmpty() && ctx.channel().isActive()) {
                refused(Statistic.CONNECTIONS_REFUSED_BY_PROXY_RULES, Reason.PROXY);
                logs.noHeader().log(ListenerMessages.LOG::noProxyHeader, address.text());
                ctx.close();
            }
        }, proxyProtocol.headerTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * A proxy's own check of our health (LOCAL), and an address that it does not know, come without addresses; and what
     * came to it by a Unix socket has the name of a file, which must not be looked up as a host's.
     */
    private void proxied(HAProxyMessage header) {
        InetSocketAddress proxy = address.remote();
        AddressFamily family = header.proxiedProtocol().addressFamily();
        boolean known = header.sourceAddress() != null
                && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
        address = known
                ? new PeerAddress(new InetSocketAddress(header.sourceAddress(), header.sourcePort()),
                        new InetSocketAddress(header.destinationAddress(), header.destinationPort()), Optional.of(proxy))
                : new PeerAddress(proxy, address.local(), Optional.of(proxy));
    }

    // ---- the way in

    private void admit(ChannelHandlerContext ctx) {
        if (siblings.turnsAway()) {
            refused(Statistic.CONNECTIONS_REFUSED_BY_PAUSE, Reason.PAUSED);
            refuse(ctx, SmtpReplies.shuttingDown(listener.hostName()));
            return;
        }
        if (!listener.runtime().access(listener.config().access()).admits(address.remote().getAddress())) {
            refused(Statistic.CONNECTIONS_REFUSED_BY_ACCESS, Reason.ACCESS);
            logs.denied().log(ListenerMessages.LOG::notAllowed, address.text());
            refuse(ctx, SmtpReplies.noAccess(listener.hostName()));
            return;
        }
        if (listener.runtime().bans().refuses(address.remote().getAddress())) {
            refused(Statistic.CONNECTIONS_REFUSED_BY_BAN, Reason.BANNED);
            logs.banned().log(ListenerMessages.LOG::isBanned, address.text());
            refuse(ctx, SmtpReplies.banned(listener.hostName()));
            return;
        }
        AddressGroup group = AddressGroup.of(address.remote().getAddress());
        ConnectionCounter connections = listener.runtime().connections();
        if (!connections.enter(group)) {
            refused(Statistic.CONNECTIONS_REFUSED_PER_ADDRESS, Reason.TOO_MANY_FROM_ADDRESS);
            logs.perAddress().log(ListenerMessages.LOG::tooManyOfAddress, address.text());
            refuse(ctx, SmtpReplies.tooManyConnections(listener.hostName()));
            return;
        }
        ctx.channel().closeFuture().addListener(closed -> connections.leave(group));
        if (listener.config().implicitTls()
                && listener.runtime().handshakeFailures().isExhausted(address.remote().getAddress())) {
            refused(Statistic.CONNECTIONS_REFUSED_BY_HANDSHAKES, Reason.HANDSHAKES);
            ctx.close();
            return;
        }
        listener.runtime().telemetry().count(Statistic.CONNECTIONS_ACCEPTED);
        if (!listener.config().implicitTls()) {
            open(ctx);
        } else {
            awaited = Optional.of(Handshake.await(ctx, listener, address));
        }
    }

    private void refused(Statistic statistic, Reason reason) {
        listener.runtime().telemetry().count(statistic);
        ListenerEvents.refused(listener, address, reason);
    }

    private void open(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            ctx.pipeline().replace(this, null, new SmtpChannelHandler(listener, address));
        }
    }

    /** A client that expects TLS could not read the reply. */
    private void refuse(ChannelHandlerContext ctx, SmtpReply refusal) {
        if (listener.config().implicitTls()) {
            ctx.close();
        } else {
            String reply = listener.worded(refusal).getLines().get(0) + "\r\n";
            ctx.writeAndFlush(Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
