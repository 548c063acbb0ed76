package io.smtpra.ra.client.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Connects to a server's addresses, one after the other, until one of them takes the mail. An address that does not
 * answer at once is not waited for: the next is tried beside it, and the first that answers wins (RFC 8305 section 5).
 */
public final class Connector {

    /** RFC 8305 section 5. */
    private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(250);

    private final HostAddresses server;
    private final Deque<InetSocketAddress> waiting;

    private Connector(HostAddresses server) throws UnknownHostException {
        this.server = server;
        this.waiting = server.inOrder();
    }

    /**
     * Looks the server's addresses up.
     *
     * @param server whose
     * @return none of them has been tried yet
     * @throws UnknownHostException if it has none
     */
    static Connector to(HostAddresses server) throws UnknownHostException {
        return new Connector(server);
    }

    HostAddresses server() {
        return server;
    }

    /** Whether there are addresses that were not tried yet. */
    public boolean hasMore() {
        return !waiting.isEmpty();
    }

    /** Tries this one once more, before all others. */
    public void again(InetAddress address) {
        waiting.addFirst(new InetSocketAddress(address, server.port()));
    }

    /** Connects to the first of the remaining addresses that answers; those that did not answer remain no longer. */
    SocketChannel connect(Duration timeout, SendBudget budget) throws IOException {
        return waiting.size() == 1 ? alone(waiting.remove(), timeout, budget) : race(timeout, budget);
    }

    /** The usual case, for which a race is too much effort. */
    private static SocketChannel alone(InetSocketAddress address, Duration timeout, SendBudget budget)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean done = false;
        try {
            budget.spendOn(channel);
            // Zero would be for ever.
            int millis = (int) Math.min(budget.atMost(timeout).toMillis() + 1, Integer.MAX_VALUE);
            channel.socket().connect(address, millis);
            done = true;
            return channel;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private SocketChannel race(Duration timeout, SendBudget budget) throws IOException {
        SocketChannel winner;
        try (Race race = new Race(System.nanoTime() + budget.atMost(timeout).toNanos())) {
            budget.spendOn(race.selector);
            winner = race.run();
        } catch (ClosedSelectorException e) {
            throw new SocketTimeoutException("the sending was ended");
        }
        // Only now, as a channel that a selector knows cannot block.
        winner.configureBlocking(true);
        return winner;
    }

    /** Attempts side by side. */
    private final class Race implements Closeable {

        private final Selector selector = Selector.open();
        private final List<SocketChannel> running = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private final long end;
        private long nextStart = System.nanoTime();

        Race(long end) throws IOException {
            this.end = end;
        }

        SocketChannel run() throws IOException {
            while (true) {
                if (!waiting.isEmpty() && (running.isEmpty() || nextStart - System.nanoTime() <= 0)) {
                    Optional<SocketChannel> atOnce = start(waiting.remove());
                    if (atOnce.isPresent()) {
                        return atOnce.get();
                    }
                }
                if (running.isEmpty() && waiting.isEmpty()) {
                    throw new IOException(String.join("; ", failures));
                }
                await();
                Optional<SocketChannel> connected = connected();
                if (connected.isPresent()) {
                    return connected.get();
                }
            }
        }

        private void await() throws IOException {
            long now = System.nanoTime();
            if (end - now <= 0) {
                throw new SocketTimeoutException("no address answered in time");
            }
            long until = waiting.isEmpty() ? end - now : Math.min(end, nextStart) - now;
            if (!running.isEmpty() && until > 0) {
                selector.select(TimeUnit.NANOSECONDS.toMillis(until) + 1);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("the thread was interrupted");
            }
        }

        private Optional<SocketChannel> start(InetSocketAddress address) throws IOException {
            SocketChannel channel = SocketChannel.open();
            running.add(channel);
            nextStart = System.nanoTime() + HEAD_START;
            try {
                channel.configureBlocking(false);
                if (channel.connect(address)) {
                    running.remove(channel);
                    return Optional.of(channel);
                }
                channel.register(selector, SelectionKey.OP_CONNECT, address);
            } catch (IOException e) {
                failed(channel, address, e);
            }
            return Optional.empty();
        }

        private Optional<SocketChannel> connected() throws IOException {
            for (SelectionKey key : selector.selectedKeys()) {
                SocketChannel channel = (SocketChannel) key.channel();
                try {
                    if (channel.finishConnect()) {
                        running.remove(channel);
                        return Optional.of(channel);
                    }
                } catch (IOException e) {
                    failed(channel, (InetSocketAddress) key.attachment(), e);
                }
            }
            selector.selectedKeys().clear();
            return Optional.empty();
        }

        private void failed(SocketChannel channel, InetSocketAddress address, IOException e) throws IOException {
            failures.add(address.getAddress().getHostAddress() + ": " + e.getMessage());
            running.remove(channel);
            channel.close();
            nextStart = System.nanoTime();
        }

        /** The losers were only slower: they may be tried again. */
        @Override
        public void close() throws IOException {
            for (SocketChannel loser : running) {
                SelectionKey key = loser.keyFor(selector);
                if (key != null && key.attachment() instanceof InetSocketAddress address) {
                    waiting.addFirst(address);
                }
                loser.close();
            }
            selector.close();
        }
    }
}
