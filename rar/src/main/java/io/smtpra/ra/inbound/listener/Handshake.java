package io.smtpra.ra.inbound.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.smtpra.ra.telemetry.Statistic;
import java.util.Optional;

/**
 * A TLS handshake that the server awaits: whether the client has begun it. Who connects and closes again, as health checks
 * do, has cost nothing and failed at nothing.
 */
final class Handshake extends ChannelInboundHandlerAdapter {

    private final ListenerContext listener;
    private final PeerAddress address;
    private boolean begun;

    private Handshake(ListenerContext listener, PeerAddress address) {
        this.listener = listener;
        this.address = address;
    }

    /** Puts TLS before a handler, which is told of the outcome by an {@link SslHandshakeCompletionEvent}. */
    static Handshake await(ChannelHandlerContext context, ListenerContext listener, PeerAddress address) {
        Handshake handshake = new Handshake(listener, address);
        context.pipeline().addBefore(context.name(), null, handshake);
        context.pipeline().addBefore(context.name(), null, listener.newTlsHandler(context.alloc()));
        return handshake;
    }

    /** The first octets are all that it has to see. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        begun = true;
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(message);
    }

    /**
     * It has failed.
     *
     * @param session of which session, if it has begun
     */
    void failed(Optional<String> session, Throwable cause) {
        boolean last = listener.runtime().handshakeFailures()
                .add(address.remote().getAddress(), address.text(), begun, cause);
        if (last) {
            listener.runtime().bans().offence(address.remote().getAddress());
        }
        if (begun) {
            listener.runtime().telemetry().count(Statistic.TLS_FAILED);
            ListenerEvents.tlsFailed(listener, address, session, cause);
            listener.handlers().handshakes().ifPresent(handler -> handler.onFailedHandshake(
                    address.remote(), address.proxy(), listener.config().kind(), cause));
        }
    }
}
