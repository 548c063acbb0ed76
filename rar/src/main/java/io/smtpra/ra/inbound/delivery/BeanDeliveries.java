package io.smtpra.ra.inbound.delivery;

import io.smtpra.ra.inbound.routing.Activation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The deliveries to one activation: how many there may be at a time, and which are under way.
 *
 * @param <D> a delivery, which knows where it goes
 */
final class BeanDeliveries<D> {

    private final Activation activation;
    private final Quota quota;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<D> running = new HashSet<>();
    private boolean closed;

    BeanDeliveries(Activation activation) {
        this.activation = Objects.requireNonNull(activation, "activation");
        this.quota = new Quota(activation.config().maxConcurrency());
    }

    Activation activation() {
        return activation;
    }

    Quota quota() {
        return quota;
    }

    /** Notes that a delivery is under way; false if the activation has ended. */
    boolean begin(D delivery) {
        lock.lock();
        try {
            return !closed && running.add(delivery);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a delivery has ended to its very end: after the commit, with nothing of it left to happen. */
    void end(D delivery) {
        lock.lock();
        try {
            running.remove(delivery);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets no further delivery begin. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the deliveries that are under way.
     *
     * @return those that have not ended in time; empty if all have
     */
    Set<D> awaitEnd(Duration limit) {
        return awaitEnd(limit, delivery -> true);
    }

    /**
     * Waits for some of the deliveries that are under way.
     *
     * @return those that have not ended in time; empty if all have
     */
    Set<D> awaitEnd(Duration limit, Predicate<D> awaited) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (left > 0 && running.stream().anyMatch(awaited)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Whoever undeploys does not want to wait any longer: what runs is to be abandoned.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return running(awaited);
    }

    private Set<D> running(Predicate<D> wanted) {
        lock.lock();
        try {
            return running.stream().filter(wanted).collect(Collectors.toUnmodifiableSet());
        } finally {
            lock.unlock();
        }
    }
}
