package io.smtpra.ra.inbound.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
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

    /** One timer at a time, for nearly all clients close before it goes off. */
    private Optional<Future<?>> timer = Optional.empty();
    private long discarded;

    private GracefulClose() {}

    /** The session is over: what still comes is taken here, before the handler that calls this. */
    static void begin(ChannelHandlerContext context, ChannelFuture lastReply, boolean inputEnded) {
        GracefulClose close = new GracefulClose();
        context.pipeline().addBefore(context.name(), null, close);
        // when the client closes too, nothing of the connection is left that would have to be closed by itself
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        if (inputEnded || !(context.channel() instanceof DuplexChannel channel)) {
            close.limit(context, LONGEST_MILLIS);
            lastReply.addListener(future -> context.close());
            return;
        }
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null && lastReply.isDone()) {
            close.grantMoment(context, channel);
            return;
        }
        // who has stopped to send may have stopped to read as well: the last reply is not waited for without end
        close.limit(context, LONGEST_MILLIS);
        if (tls == null) {
            lastReply.addListener(future -> close.grantMoment(context, channel));
        } else {
            lastReply.addListener(future ->
                    tls.closeOutbound().addListener(closed -> close.grantMoment(context, channel)));
        }
    }

    private void limit(ChannelHandlerContext context, long millis) {
        timer = Optional.of(
                context.executor().schedule(() -> context.channel().close(), millis, TimeUnit.MILLISECONDS));
    }

    /** The last reply is out: the client may close first. */
    private void grantMoment(ChannelHandlerContext context, DuplexChannel channel) {
        cancelTimer();
        if (channel.isActive()) {
            timer = Optional.of(context.executor().schedule(() -> {
                channel.shutdownOutput();
                limit(context, LONGEST_MILLIS - CLIENT_CLOSES_MILLIS);
            }, CLIENT_CLOSES_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private void cancelTimer() {
        timer.ifPresent(running -> running.cancel(false));
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
        cancelTimer();
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }
}
