package io.smtpra.ra.inbound.listener.access;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of all listeners. */
public final class ConnectionCounter {

    private volatile ConnectionLimits limits;
    private final AtomicInteger total = new AtomicInteger();
    private final ConcurrentHashMap<AddressGroup, Integer> groups = new ConcurrentHashMap<>();

    public ConnectionCounter(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** The limits that hold now. */
    public ConnectionLimits limits() {
        return limits;
    }

    /** Other limits from now on; what is open stays open. */
    public void limit(ConnectionLimits changed) {
        limits = changed;
    }

    /** One more, if that many are allowed; then {@link #leave()} must follow. */
    public boolean enter() {
        if (total.incrementAndGet() > limits.total()) {
            leave();
            return false;
        }
        return true;
    }

    public void leave() {
        total.decrementAndGet();
    }

    /** One more of a group, if that many are allowed; then {@link #leave(AddressGroup)} must follow. */
    public boolean enter(AddressGroup group) {
        int count = groups.merge(group, 1, Integer::sum);
        if (count > limits.perAddress()) {
            leave(group);
            return false;
        }
        return true;
    }

    public void leave(AddressGroup group) {
        groups.computeIfPresent(group, (key, count) -> count == 1 ? null : count - 1);
    }

    public int total() {
        return total.get();
    }

    public int groups() {
        return groups.size();
    }
}
