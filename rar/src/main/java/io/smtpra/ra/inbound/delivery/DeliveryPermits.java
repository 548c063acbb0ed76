package io.smtpra.ra.inbound.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who may deliver now. A delivery needs a permit of the adapter and one of each activation that takes the mail. What
 * cannot have them waits in a queue of bounded length, without a thread: permits given back go to those who have waited
 * longest. A delivery overtakes another only if they have no activation in common, so none waits for ever; and as a
 * connection has one mail at a time here, each connection has its turn.
 */
final class DeliveryPermits {

    /** What became of a request. */
    enum Answer {
        /** The delivery has its permits. */
        GRANTED,
        /** It waits, and is among those that {@link #giveBack} returns one day, unless it is withdrawn. */
        WAITING,
        /** Too many wait already. */
        REFUSED
    }

    private final int maxGranted;
    private final int maxWaiting;
    private final Set<Delivery> waiting = new LinkedHashSet<>();
    /** How many quotas somebody waits for. */
    private int waitedFor;
    private int granted;

    DeliveryPermits(int maxGranted, int maxWaiting) {
        this.maxGranted = maxGranted;
        this.maxWaiting = maxWaiting;
    }

    synchronized Answer request(Delivery delivery) {
        if (granted < maxGranted && isNext(delivery.quotas())) {
            take(delivery);
            return Answer.GRANTED;
        }
        if (waiting.size() >= maxWaiting) {
            return Answer.REFUSED;
        }
        delivery.queued();
        waiting.add(delivery);
        delivery.quotas().forEach(quota -> waitedFor += quota.startWaiting() ? 1 : 0);
        return Answer.WAITING;
    }

    /** Whether all are free, and nobody waits for any of them. */
    private static boolean isNext(List<Quota> quotas) {
        for (Quota quota : quotas) {
            if (!quota.isFree() || quota.isWaitedFor()) {
                return false;
            }
        }
        return true;
    }

    /** Takes a delivery out of the queue; false if it is not in it. */
    synchronized boolean withdraw(Delivery delivery) {
        if (!waiting.remove(delivery)) {
            return false;
        }
        stopWaiting(delivery);
        return true;
    }

    /** Takes every delivery to a bean out of the queue. */
    synchronized List<Delivery> withdrawAll(BeanDeliveries<Delivery> bean) {
        List<Delivery> withdrawn = waiting.stream().filter(delivery -> delivery.isFor(bean)).toList();
        withdrawn.forEach(this::withdraw);
        return withdrawn;
    }

    /** Takes every delivery out of the queue. */
    synchronized List<Delivery> withdrawAll() {
        List<Delivery> withdrawn = List.copyOf(waiting);
        withdrawn.forEach(this::withdraw);
        return withdrawn;
    }

    /** Waits until no delivery has permits; false if some still have when the time is over. */
    synchronized boolean awaitNone(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toNanos(); granted > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            // Whoever stops the adapter does not want to wait any longer.
            Thread.currentThread().interrupt();
        }
        return granted == 0;
    }

    /** Takes a delivery's permits back, and returns the deliveries that have got theirs by it. */
    synchronized List<Delivery> giveBack(Delivery delivery) {
        granted--;
        notifyAll();
        delivery.quotas().forEach(Quota::giveBack);
        return grantWaiting();
    }

    /** Grants what can be granted after deliveries have been withdrawn. */
    synchronized List<Delivery> grantWaiting() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Delivery> next = new ArrayList<>();
        Set<Quota> passed = new HashSet<>();
        // When each quota that is waited for has been passed over, nobody further back can have his.
        for (Iterator<Delivery> queue = waiting.iterator();
                queue.hasNext() && granted < maxGranted && passed.size() < waitedFor; ) {
            Delivery candidate = queue.next();
            List<Quota> quotas = candidate.quotas();
            if (quotas.stream().allMatch(quota -> quota.isFree() && !passed.contains(quota))) {
                queue.remove();
                stopWaiting(candidate);
                take(candidate);
                next.add(candidate);
            } else {
                passed.addAll(quotas);
            }
        }
        return next;
    }

    /** How many deliveries have permits. */
    synchronized int granted() {
        return granted;
    }

    /** How many deliveries wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** How long the delivery has waited that has waited longest; zero if none waits. */
    synchronized Duration longestWait() {
        Iterator<Delivery> queue = waiting.iterator();
        return queue.hasNext() ? queue.next().sinceQueued() : Duration.ZERO;
    }

    private void stopWaiting(Delivery delivery) {
        delivery.quotas().forEach(quota -> waitedFor -= quota.stopWaiting() ? 1 : 0);
    }

    private void take(Delivery delivery) {
        granted++;
        delivery.quotas().forEach(Quota::take);
    }
}
