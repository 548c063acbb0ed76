package io.smtpra.ra.client.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A TCP connection on which every wait, to read or to write, ends at one deadline. A socket time-out bounds each read
 * by itself, so that a peer who dribbles octets is never done, and bounds no write at all. A selector would do, but
 * costs two calls of the system for each wait instead of one, and a good tenth of what a mail costs; hence a channel
 * that blocks, and a {@link WireDeadline} that closes it.
 */
final class Wire implements Closeable {

    private final SocketChannel channel;
    private final WireDeadline deadline;
    private final ByteBuffer ahead = ByteBuffer.allocate(1).limit(0);

    /** On a channel that is connected, and closed with it. */
    Wire(SocketChannel channel, Watchdog watchdog) throws IOException {
        this.channel = channel;
        this.deadline = new WireDeadline(watchdog, channel);
        // Without it the small writes of a conversation wait for acknowledgements: 40 ms each.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    /** From now on every wait ends when this has passed. */
    void expireAfter(Duration timeout) {
        deadline.expireAfter(timeout);
    }

    /** Reads at least one octet; returns -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        if (ahead.hasRemaining()) {
            into.put(ahead);
            return 1;
        }
        if (deadline.isOver()) {
            int read = withoutWaiting(() -> channel.read(into));
            if (read == 0) {
                throw WireDeadline.timedOut();
            }
            return read;
        }
        return waiting(() -> channel.read(into));
    }

    /** Writes all of it. */
    void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (!deadline.isOver()) {
                waiting(() -> channel.write(from));
            } else if (withoutWaiting(() -> channel.write(from)) == 0) {
                throw WireDeadline.timedOut();
            }
        }
    }

    /** Whether a read would not wait: there are octets, or the end, or an error. */
    boolean isReadable() {
        if (ahead.hasRemaining()) {
            return true;
        }
        ahead.clear();
        try {
            return withoutWaiting(() -> channel.read(ahead)) != 0;
        } catch (IOException e) {
            return true;
        } finally {
            ahead.flip();
        }
    }

    InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    InetSocketAddress remoteAddress() throws IOException {
        return (InetSocketAddress) channel.getRemoteAddress();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes at once; whoever waits fails. May be called by any thread. */
    @Override
    public void close() throws IOException {
        deadline.close();
        channel.close();
    }

    private int waiting(Transfer transfer) throws IOException {
        deadline.beginWait();
        try {
            return transfer.run();
        } catch (ClosedChannelException e) {
            throw deadline.meaningOf(e);
        } finally {
            deadline.endWait();
        }
    }

    /** A deadline in the past means not to wait: what goes at once still goes. */
    private int withoutWaiting(Transfer transfer) throws IOException {
        try {
            channel.configureBlocking(false);
            try {
                return transfer.run();
            } finally {
                channel.configureBlocking(true);
            }
        } catch (ClosedChannelException e) {
            throw deadline.meaningOf(e);
        }
    }

    private interface Transfer {
        int run() throws IOException;
    }
}
