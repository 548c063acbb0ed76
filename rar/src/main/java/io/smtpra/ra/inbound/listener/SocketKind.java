package io.smtpra.ra.inbound.listener;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By which of Netty's ways sockets are served.
 *
 * @param name as the log shows it
 * @param handlers makes what waits for sockets
 * @param serverChannel what listens
 */
record SocketKind(String name, IoHandlerFactory handlers, Class<? extends ServerSocketChannel> serverChannel) {

    private static final Logger LOG = LoggerFactory.getLogger(SocketKind.class);

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
