package io.smtpra.ra.inbound.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of one listener: stands first in the pipeline of each, and knows when the last has ended. */
@ChannelHandler.Sharable
final class OpenConnections extends ChannelInboundHandlerAdapter {

    /** Sent through the pipeline of each connection when its listener stops. */
    enum Shutdown {

        /** Finish what has begun, begin nothing. */
        DRAIN,
        /** The time for it is over. */
        END
    }

    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
    private volatile boolean ending;
    private volatile boolean turningAway;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channels.add(ctx.channel());
        if (ending) {
            ctx.close();
        }
    }

    /** The last event of all: by now every other handler has been told of the end. */
    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        ctx.fireChannelUnregistered();
        channels.remove(ctx.channel());
        completeIfNone();
    }

    /** Whether new connections are to hear that they should come later. */
    boolean turnsAway() {
        return turningAway;
    }

    void turnAway(boolean now) {
        turningAway = now;
    }

    /** Those that are open now. */
    Set<Channel> channels() {
        return Set.copyOf(channels);
    }

    int count() {
        return channels.size();
    }

    /** Tells all to finish what has begun; new ones may come. */
    void finish() {
        tell(Shutdown.DRAIN);
    }

    /** Tells all to finish, and closes new ones; complete when the last has ended. */
    CompletionStage<Void> drain() {
        ending = true;
        tell(Shutdown.DRAIN);
        completeIfNone();
        return allEnded;
    }

    void end() {
        tell(Shutdown.END);
    }

    void close() {
        channels.forEach(Channel::close);
    }

    private void tell(Shutdown event) {
        channels.forEach(channel -> channel.eventLoop().execute(
                () -> channel.pipeline().fireUserEventTriggered(event)));
    }

    private void completeIfNone() {
        if (ending && channels.isEmpty()) {
            allEnded.complete(null);
        }
    }
}
