package io.smtpra.ra.inbound.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Connections that cannot be accepted, mostly for want of file descriptors: says so, and tries again a little later. */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
    private static final long PAUSE_MILLIS = 500;

    private final ThrottledLog log = new ThrottledLog(LOG, Level.ERROR);

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.log("Connections cannot be accepted (is the limit of open files too low?): {}", cause.toString());
        ctx.channel().config().setAutoRead(false);
        ctx.executor().schedule(() -> ctx.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
