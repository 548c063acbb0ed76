package io.smtpra.ra.inbound.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the server that have ended a delivery and wait a moment for the next one. Under load this spares a mail
 * the way through the server's work manager: two of the three times that threads wake each other for it. The moment is
 * short, and few threads are granted it, so that nobody else misses them.
 */
final class IdleThreads {

    private final int most;
    private final Duration moment;
    private final AtomicInteger waiting = new AtomicInteger();
    private final SynchronousQueue<Delivery> handOver = new SynchronousQueue<>();
    private volatile boolean closed;

    /**
     * Room for threads.
     *
     * @param most that wait at a time
     * @param moment how long each waits
     */
    IdleThreads(int most, Duration moment) {
        this.most = most;
        this.moment = moment;
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
                    : Optional.ofNullable(handOver.poll(moment.toMillis(), TimeUnit.MILLISECONDS));
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
