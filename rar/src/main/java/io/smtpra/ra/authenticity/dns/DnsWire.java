package io.smtpra.ra.authenticity.dns;

import io.smtpra.ra.log.AuthenticityMessages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * Carries questions and answers for dnsjava, all on one thread of its own. dnsjava's carrier is one for all that use
 * it, never looks at the time while answers keep coming in, and its thread does not end.
 */
final class DnsWire implements IoClientFactory, UdpIoClient, TcpIoClient, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DnsWire.class);
    /** How often the time is looked at. */
    private static final int TICK_MILLIS = 100;

    private final Selector selector;
    private final Thread thread;
    private final Queue<DnsExchange> coming = new ConcurrentLinkedQueue<>();
    /** Touched by the thread alone. */
    private final Set<DnsExchange> underWay = new LinkedHashSet<>();
    private long nextTick;
    private volatile boolean closed;

    DnsWire() throws IOException {
        selector = Selector.open();
        thread = new Thread(null, this::run, "smtp-ra dns wire", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public UdpIoClient createOrGetUdpClient() {
        return this;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
        return this;
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveUdp(InetSocketAddress local, InetSocketAddress remote, Message query,
            byte[] data, int max, Duration timeout) {
        return send(DnsExchange.udp(remote, data, max, System.nanoTime() + timeout.toNanos()));
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveTcp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, Duration timeout) {
        return send(DnsExchange.tcp(remote, data, System.nanoTime() + timeout.toNanos()));
    }

    private CompletableFuture<byte[]> send(DnsExchange exchange) {
        coming.add(exchange);
        if (closed) {
            exchange.fail(new IOException("closed"));
        }
        selector.wakeup();
        return exchange.answer();
    }

    private void run() {
        nextTick = System.nanoTime();
        try {
            while (!closed) {
                if (underWay.isEmpty() && coming.isEmpty()) {
                    selector.select();
                } else {
                    selector.select(TICK_MILLIS);
                }
                begin();
                work();
                lookAtTime();
            }
        } catch (IOException | RuntimeException e) {
            AuthenticityMessages.LOG.dnsBroken(e);
        } finally {
            closed = true;
            end();
        }
    }

    private void begin() {
        for (DnsExchange exchange = coming.poll(); exchange != null; exchange = coming.poll()) {
            underWay.add(exchange);
            if (exchange.begin(selector)) {
                underWay.remove(exchange);
            }
        }
    }

    private void work() {
        Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
        while (keys.hasNext()) {
            SelectionKey key = keys.next();
            keys.remove();
            DnsExchange exchange = (DnsExchange) key.attachment();
            if (exchange.goOn(key)) {
                underWay.remove(exchange);
            }
        }
    }

    private void lookAtTime() {
        long now = System.nanoTime();
        if (now - nextTick < 0) {
            return;
        }
        nextTick = now + Duration.ofMillis(TICK_MILLIS).toNanos();
        Queue<DnsExchange> late = new ArrayDeque<>();
        underWay.stream().filter(exchange -> exchange.isOver(now)).forEach(late::add);
        underWay.removeAll(late);
        late.forEach(exchange -> exchange.fail(new SocketTimeoutException("no answer in time")));
    }

    private void end() {
        underWay.addAll(coming);
        coming.clear();
        underWay.forEach(exchange -> exchange.fail(new IOException("closed")));
        underWay.clear();
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("smtp-ra: a selector could not be closed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
