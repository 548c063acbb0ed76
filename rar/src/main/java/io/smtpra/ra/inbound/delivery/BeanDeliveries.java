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

/** The deliveries to one activation: how many there may be at a time, and which are under way. */
final class BeanDeliveries {

    private final Activation activation;
    private final Quota quota;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Delivery> running = new HashSet<>();
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
    boolean begin(Delivery delivery) {
        lock.lock();
        try {
            return !closed && running.add(delivery);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a delivery has ended to its very end: after the commit, with nothing of it left to happen. */
    void end(Delivery delivery) {
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
    Set<Delivery> awaitEnd(Duration limit) {
        return awaitEnd(limit, delivery -> true);
    }

    /**
     * Waits for the deliveries under way whose commit has begun.
     *
     * @return those that have not ended in time; empty if all have
     */
    Set<Delivery> awaitCommits(Duration limit) {
        return awaitEnd(limit, Delivery::isCommitting);
    }

    private Set<Delivery> awaitEnd(Duration limit, Predicate<Delivery> awaited) {
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

    private Set<Delivery> running(Predicate<Delivery> wanted) {
        lock.lock();
        try {
            return running.stream().filter(wanted).collect(Collectors.toUnmodifiableSet());
        } finally {
            lock.unlock();
        }
    }
}
