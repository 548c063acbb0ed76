package io.smtpra.ra.inbound.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that the last reply arrives. To close while the client is still sending would make the TCP stack
 * send a reset, which destroys what the client has not read yet: so only the own direction is closed first, and what still
 * comes is thrown away for a short while. Most clients close by themselves when they have read it, and are granted a moment
 * for that: whoever closes first bears the cost of it.
 */
final class GracefulClose extends ChannelInboundHandlerAdapter {

    private static final long LONGEST_MILLIS = 2_000;
    private static final long CLIENT_CLOSES_MILLIS = 20;
    private static final long MOST_DISCARDED = 1 << 20;

    private final Future<?> timeLimit;
    private Optional<Future<?>> grace = Optional.empty();
    private long discarded;

    private GracefulClose(Future<?> timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** The session is over: what still comes is taken here, before the handler that calls this. */
    static void begin(ChannelHandlerContext context, ChannelFuture lastReply, boolean inputEnded) {
        // who has stopped to send may have stopped to read as well: the last reply is not waited for without end
        Future<?> timeLimit =
                context.executor().schedule(() -> context.channel().close(), LONGEST_MILLIS, TimeUnit.MILLISECONDS);
        GracefulClose close = new GracefulClose(timeLimit);
        context.pipeline().addBefore(context.name(), null, close);
        if (inputEnded || !(context.channel() instanceof DuplexChannel channel)) {
            lastReply.addListener(future -> context.close());
            return;
        }
        lastReply.addListener(future -> {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            if (tls == null) {
                close.grace = Optional.of(context.executor().schedule(
                        () -> channel.shutdownOutput(), CLIENT_CLOSES_MILLIS, TimeUnit.MILLISECONDS));
            } else {
                tls.closeOutbound().addListener(closed -> channel.shutdownOutput());
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        discarded += message instanceof ByteBuf octets ? octets.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (discarded > MOST_DISCARDED) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        timeLimit.cancel(false);
        grace.ifPresent(timer -> timer.cancel(false));
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }
}
