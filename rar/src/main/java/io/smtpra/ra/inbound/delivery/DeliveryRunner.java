package io.smtpra.ra.inbound.delivery;

import io.smtpra.Reply;
import io.smtpra.ra.inbound.routing.Activation;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.work.ServerContracts;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.inbound.work.ServerWork;
import io.smtpra.ra.log.DeliveryMessages;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Runs deliveries on the server's threads: as many at a time as there are permits, each within its time. A thread of
 * the server that has ended a delivery takes the next one itself, also one that comes a moment later.
 */
final class DeliveryRunner {

    private static final String WORK_NAME = "smtp-ra delivery";
    /** How long a commit that has begun is waited for when the time for the delivery is over. */
    private static final Duration COMMIT_TIME = Duration.ofSeconds(30);
    /** How long a delivery whose turn has come waits for a thread, whatever is configured. */
    private static final Duration LEAST_THREAD_TIME = Duration.ofSeconds(1);

    /** Threads that may wait for their next delivery: few beside those that the server's pool has. */
    private static final int MOST_IDLE = 8;
    private static final Duration IDLE_MOMENT = Duration.ofMillis(50);

    private final ServerContracts server;
    private final DeliveryConfig config;
    private final ServerThreads threads;
    private final IdleThreads idle = new IdleThreads(MOST_IDLE, IDLE_MOMENT);
    private final BeanCall call;
    private final EndpointDelivery endpointDelivery;
    private final TransactionRecovery recovery;
    private final DeliveryPermits permits;
    private final Map<Activation, BeanDeliveries<Delivery>> beans = new ConcurrentHashMap<>();
    private final Set<Delivery> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    DeliveryRunner(ServerContracts server, DeliveryConfig config, ServerThreads threads, BeanCall call) {
        this.server = server;
        this.config = config;
        this.threads = threads;
        this.call = call;
        this.endpointDelivery = new EndpointDelivery(server.transactions(), call);
        this.recovery = new TransactionRecovery(server, threads);
        this.permits = new DeliveryPermits(config.maxDeliveries(), config.maxQueuedDeliveries());
    }

    int running() {
        return permits.granted();
    }

    int queued() {
        return permits.waiting();
    }

    Duration longestWait() {
        return permits.longestWait();
    }

    /** Ends transactions that an earlier run has left open. */
    void recover() {
        recovery.recover();
    }

    /** Takes a delivery; never blocks. Its outcome is told in every case, and its content freed. */
    void submit(Delivery delivery) {
        if (stopped) {
            refuse(delivery, BeanReplies.STOPPED);
            return;
        }
        switch (permits.request(delivery)) {
            case GRANTED -> start(List.of(delivery));
            case WAITING -> awaitTurn(delivery);
            case REFUSED -> refuse(delivery, BeanReplies.BUSY);
        }
    }

    /** Lets mail come to an activation. */
    void open(Activation activation) {
        beans.put(activation, new BeanDeliveries<>(activation));
    }

    /** The deliveries to an activation; absent once it has been closed. */
    Optional<BeanDeliveries<Delivery>> bean(Activation activation) {
        return Optional.ofNullable(beans.get(activation));
    }

    /** Lets no further delivery to an activation begin, and refuses those that wait for their turn. */
    Optional<BeanDeliveries<Delivery>> close(Activation activation) {
        Optional<BeanDeliveries<Delivery>> closed = Optional.ofNullable(beans.remove(activation));
        closed.ifPresent(bean -> {
            bean.close();
            permits.withdrawAll(bean).forEach(delivery -> refuse(delivery, BeanReplies.STOPPED));
            start(permits.grantWaiting());
        });
        return closed;
    }

    /** Gives up deliveries: whatever has not reached its commit rolls back, and its sender hears so now. */
    void abandon(Set<Delivery> deliveries) {
        deliveries.forEach(delivery -> delivery.abandon(BeanReplies.STOPPED));
    }

    /** Takes no further deliveries, refuses what waits, gives what runs its time to end, and gives up the rest. */
    void stop(Duration limit) {
        stopped = true;
        idle.close();
        permits.withdrawAll().forEach(delivery -> refuse(delivery, BeanReplies.STOPPED));
        if (!permits.awaitNone(limit)) {
            DeliveryMessages.LOG.abandonedAtStop(running.size());
            abandon(running);
        }
        recovery.stop();
    }

    private void awaitTurn(Delivery delivery) {
        delivery.turnTimer(threads.after(config.queueTimeout(), () -> withdraw(delivery, BeanReplies.BUSY)));
        // The stop may have emptied the queue just before this delivery came into it.
        if (stopped) {
            withdraw(delivery, BeanReplies.STOPPED);
        }
    }

    private void withdraw(Delivery delivery, Reply reply) {
        if (permits.withdraw(delivery)) {
            refuse(delivery, reply);
            start(permits.grantWaiting());
        }
    }

    /**
     * Starts deliveries that have their permits. One that cannot begin gives its permits to the next, and that one to
     * the one behind it: a loop, for as many may wait as the stack has no room for.
     */
    private void start(List<Delivery> granted) {
        Deque<Delivery> next = new ArrayDeque<>(granted);
        while (!next.isEmpty()) {
            Delivery delivery = next.remove();
            if (begin(delivery)) {
                run(delivery);
            } else {
                delivery.refuse(BeanReplies.STOPPED);
                next.addAll(end(delivery));
            }
        }
    }

    /** Notes that a delivery that has its permits is under way; false if it is not to be: somebody has been stopped. */
    private boolean begin(Delivery delivery) {
        running.add(delivery);
        if (stopped) {
            return false;
        }
        for (Delivery.Part part : delivery.parts()) {
            if (!part.bean().begin(delivery)) {
                return false;
            }
        }
        delivery.granted();
        watch(delivery, shorter(threadTime(), config.deliveryTimeout()));
        return true;
    }

    private void run(Delivery delivery) {
        if (!isPlain(delivery) || !idle.take(delivery)) {
            threads.run(delivery.parts().size() == 1 ? work(delivery) : importedWork(delivery));
        }
    }

    /** Whether it needs neither a transaction of several nor a user, so that any thread of the server can run it. */
    private static boolean isPlain(Delivery delivery) {
        return delivery.parts().size() == 1 && delivery.mail().caller().isEmpty();
    }

    private ServerWork work(Delivery first) {
        return ServerWork.as(WORK_NAME, first.caller(), () -> runFrom(first), failure -> {
            failure.ifPresent(why -> rejected(first, why));
            // Nothing is left to be done here, unless the server has said that it is done and has run nothing.
            giveUp(first, BeanReplies.FAILED);
        });
    }

    /** Runs a delivery, then those whose turn has come by its end. */
    private void runFrom(Delivery first) {
        Optional<Delivery> next = Optional.of(first);
        while (next.isPresent()) {
            Delivery delivery = next.get();
            tell(delivery, outcome(delivery, () -> endpointDelivery.deliver(delivery)));
            next = runHere(delivery, end(delivery));
            if (next.isEmpty() && isPlain(first)) {
                next = idle.next();
            }
        }
    }

    /**
     * Of the deliveries whose turn has come, the one that the calling thread is to run; the others are started. A work
     * has one caller to its end, so that only mails of nobody in particular follow one another in it.
     */
    private Optional<Delivery> runHere(Delivery ended, List<Delivery> granted) {
        if (granted.isEmpty()) {
            return Optional.empty();
        }
        Optional<Delivery> here = isPlain(ended)
                ? granted.stream().filter(DeliveryRunner::isPlain).findFirst() : Optional.empty();
        start(granted.stream().filter(delivery -> here.isEmpty() || here.get() != delivery).toList());
        if (here.isPresent() && !begin(here.get())) {
            giveUp(here.get(), BeanReplies.STOPPED);
            return Optional.empty();
        }
        return here;
    }

    private ServerWork importedWork(Delivery delivery) {
        DeliveryXid xid = DeliveryXid.create();
        ImportedDelivery imported = new ImportedDelivery(server, recovery, call, delivery, xid);
        return ServerWork.inTransaction(
                WORK_NAME,
                xid,
                config.deliveryTimeout(),
                delivery.caller(),
                () -> {
                    delivery.begin();
                    delivery.ids().run(imported::callEndpoints);
                },
                failure -> {
                    failure.ifPresent(imported::fail);
                    tell(delivery, outcome(delivery, imported::end));
                    start(end(delivery));
                },
                failure -> rejected(delivery, failure));
    }

    /** What a delivery comes to: whatever goes wrong in it is an outcome, so that permits always come back. */
    private DeliveryOutcome outcome(Delivery delivery, Supplier<DeliveryOutcome> step) {
        delivery.begin();
        try {
            return delivery.isAbandoned() && delivery.parts().size() == 1
                    ? new DeliveryOutcome.Refused(BeanReplies.STOPPED)
                    : delivery.ids().get(step);
        } catch (RuntimeException | Error e) {
            DeliveryMessages.LOG.deliveryFailed(delivery.mail().id(), e);
            return new DeliveryOutcome.Refused(BeanReplies.FAILED);
        }
    }

    private static void tell(Delivery delivery, DeliveryOutcome outcome) {
        if (!delivery.tell(outcome) && outcome instanceof DeliveryOutcome.Delivered) {
            DeliveryMessages.LOG.committedTooLate(delivery.mail().id());
        }
    }

    private void watch(Delivery delivery, Duration time) {
        delivery.endTimer(threads.after(time, () -> delivery.ids().run(() -> checkTime(delivery))));
    }

    /**
     * Checks whether a delivery has been given too much time: until it had a thread, or by its bean. One timer does for
     * both, for nearly every delivery has ended before it goes off.
     */
    private void checkTime(Delivery delivery) {
        Optional<Duration> withThread = delivery.sinceBegin();
        Duration left = withThread.map(time -> config.deliveryTimeout().minus(time))
                .orElseGet(() -> threadTime().minus(delivery.sinceGranted()));
        if (!left.isNegative() && !left.isZero()) {
            watch(delivery, left);
        } else if (withThread.isPresent()) {
            timeOver(delivery);
        } else if (delivery.abandon(BeanReplies.BUSY)) {
            DeliveryMessages.LOG.noThreadInTime(delivery.mail().id(), threadTime().toSeconds());
        }
    }

    private Duration threadTime() {
        return config.queueTimeout().compareTo(LEAST_THREAD_TIME) < 0 ? LEAST_THREAD_TIME : config.queueTimeout();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void timeOver(Delivery delivery) {
        if (delivery.abandon(BeanReplies.TOO_SLOW)) {
            DeliveryMessages.LOG.tooSlow(delivery.mail().id(), config.deliveryTimeout().toSeconds());
        } else {
            delivery.endTimer(threads.after(COMMIT_TIME, () -> {
                if (delivery.refuse(BeanReplies.TOO_SLOW)) {
                    DeliveryMessages.LOG.commitTooSlow(delivery.mail().id(), COMMIT_TIME.toSeconds());
                }
            }));
        }
    }

    private void rejected(Delivery delivery, Exception failure) {
        DeliveryMessages.LOG.noThread(delivery.mail().id(), failure);
        giveUp(delivery, BeanReplies.BUSY);
    }

    private void giveUp(Delivery delivery, Reply reply) {
        delivery.refuse(reply);
        start(end(delivery));
    }

    private static void refuse(Delivery delivery, Reply reply) {
        delivery.end();
        delivery.refuse(reply);
    }

    /** Ends a delivery that had permits, and returns those whose turn has come by it. */
    private List<Delivery> end(Delivery delivery) {
        if (!delivery.end()) {
            return List.of();
        }
        running.remove(delivery);
        delivery.parts().forEach(part -> part.bean().end(delivery));
        return permits.giveBack(delivery);
    }
}
