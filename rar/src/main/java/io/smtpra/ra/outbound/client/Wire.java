package io.smtpra.ra.outbound.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection on which every wait, to read or to write, ends at one deadline. A socket time-out bounds each read by
 * itself, so that a peer who dribbles octets is never done, and bounds no write at all; hence a channel that never
 * blocks, and a selector to wait with.
 */
final class Wire implements Closeable {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private long deadline;

    private Wire(SocketChannel channel, Duration timeout) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        // Without it the small writes of a dialogue wait for acknowledgements: 40 ms each.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        selector = Selector.open();
        try {
            key = channel.register(selector, 0);
        } catch (IOException e) {
            selector.close();
            throw e;
        }
        expireAfter(timeout);
    }

    /** Connects to the first address of the host that answers; they share the time. */
    static Wire connect(String host, int port, Duration timeout) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        long end = System.nanoTime() + timeout.toNanos();
        IOException failure = null;
        for (int i = 0; i < addresses.length; i++) {
            Duration share = Duration.ofNanos(Math.max(0, end - System.nanoTime()) / (addresses.length - i));
            try {
                return connect(new InetSocketAddress(addresses[i], port), share);
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure;
    }

    private static Wire connect(InetSocketAddress address, Duration timeout) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Wire wire = null;
        try {
            wire = new Wire(channel, timeout);
            if (!channel.connect(address)) {
                do {
                    wire.await(SelectionKey.OP_CONNECT);
                } while (!channel.finishConnect());
            }
            wire.key.interestOps(SelectionKey.OP_READ);
            return wire;
        } catch (IOException e) {
            if (wire == null) {
                channel.close();
            } else {
                wire.close();
            }
            throw e;
        }
    }

    /** From now on every wait ends when this has passed. */
    void expireAfter(Duration timeout) {
        deadline = System.nanoTime() + timeout.toNanos();
    }

    /** Reads at least one octet; returns -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        while (true) {
            // A reply is hardly ever there yet, so wait first: one call of the system less than to try and wait.
            await(SelectionKey.OP_READ);
            int read = channel.read(into);
            if (read != 0) {
                return read;
            }
        }
    }

    /** Writes all of it. */
    void write(ByteBuffer from) throws IOException {
        while (true) {
            channel.write(from);
            if (!from.hasRemaining()) {
                return;
            }
            await(SelectionKey.OP_WRITE);
        }
    }

    /** Whether a read would not wait: there are octets, or the end, or an error. */
    boolean isReadable() {
        try {
            if (key.interestOps() != SelectionKey.OP_READ) {
                key.interestOps(SelectionKey.OP_READ);
            }
            return selector.selectNow(ready -> {}) > 0;
        } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
            return true;
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
        channel.close();
        // A registered channel keeps its descriptor until its selector lets go of it.
        selector.close();
    }

    private void await(int operation) throws IOException {
        try {
            if (key.interestOps() != operation) {
                key.interestOps(operation);
            }
            while (true) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    // What has already arrived is still taken: a deadline in the past means not to wait.
                    if (selector.selectNow(ready -> {}) > 0) {
                        return;
                    }
                    throw new SocketTimeoutException("the time is up");
                }
                if (selector.select(ready -> {}, TimeUnit.NANOSECONDS.toMillis(left) + 1) > 0) {
                    return;
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("the thread was interrupted");
                }
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        }
    }
}
