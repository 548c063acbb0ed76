package io.smtpra.ra.inbound.delivery;

import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the server that have ended a delivery and wait a moment for the next one. Under load this spares a mail the
 * way through the server's work manager: two of the three times that threads wake each other for it. The moment is short,
 * and few threads are granted it, so that nobody else misses them.
 */
final class IdleThreads {

    private static final long MOMENT_MILLIS = 50;

    private final int most;
    private final AtomicInteger waiting = new AtomicInteger();
    private final SynchronousQueue<Delivery> handOver = new SynchronousQueue<>();
    private volatile boolean closed;

    IdleThreads(int most) {
        this.most = most;
    }

    /** Gives a delivery to a thread that waits; false if none does. Never blocks. */
    boolean take(Delivery delivery) {
        return handOver.offer(delivery);
    }

    /** Waits in the calling thread; empty if nothing came, or too many wait already. */
    Optional<Delivery> next() {
        try {
            return waiting.incrementAndGet() > most || closed
                    ? Optional.empty()
                    : Optional.ofNullable(handOver.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // The server wants its thread back.
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** No thread begins to wait any more. */
    void close() {
        closed = true;
    }
}
