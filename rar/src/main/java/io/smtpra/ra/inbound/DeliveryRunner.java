package io.smtpra.ra.inbound;

import io.smtpra.Reply;
import io.smtpra.ra.inbound.protocol.DeliveryOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.transaction.xa.Xid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs deliveries on the server's threads: as many at a time as there are permits, each within its time. A thread of the
 * server that has ended a delivery takes the next one itself.
 */
final class DeliveryRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryRunner.class);
    private static final String WORK_NAME = "smtp-ra delivery";
    /** How long a commit that has begun is waited for when the time for the delivery is over. */
    private static final Duration COMMIT_TIME = Duration.ofSeconds(30);

    private final Container container;
    private final DeliveryConfig config;
    private final ServerThreads threads;
    private final BeanCall call;
    private final EndpointDelivery endpointDelivery;
    private final DeliveryPermits permits;
    private final Set<Delivery> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    DeliveryRunner(Container container, DeliveryConfig config, ServerThreads threads, BeanCall call) {
        this.container = container;
        this.config = config;
        this.threads = threads;
        this.call = call;
        this.endpointDelivery = new EndpointDelivery(container.transactions(), call);
        this.permits = new DeliveryPermits(config.maxDeliveries(), config.maxQueuedDeliveries());
    }

    /** Takes a delivery; never blocks. Its outcome is told in every case, and its content freed. */
    void submit(Delivery delivery) {
        if (stopped) {
            refuse(delivery, Replies.STOPPED);
            return;
        }
        switch (permits.request(delivery)) {
            case GRANTED -> start(delivery);
            case WAITING -> awaitTurn(delivery);
            case REFUSED -> refuse(delivery, Replies.BUSY);
        }
    }

    /** Refuses every delivery to an activation that waits for its turn. */
    void refuseWaiting(Activation activation) {
        permits.withdrawAll(activation).forEach(delivery -> refuse(delivery, Replies.STOPPED));
        permits.grantWaiting().forEach(this::start);
    }

    /** Gives up deliveries: whatever has not reached its commit rolls back, and its sender hears so now. */
    void abandon(Set<Delivery> deliveries) {
        deliveries.forEach(delivery -> delivery.abandon(Replies.STOPPED));
    }

    /** Takes no further deliveries, refuses what waits, gives what runs its time to end, and gives up the rest. */
    void stop(Duration limit) {
        stopped = true;
        permits.withdrawAll().forEach(delivery -> refuse(delivery, Replies.STOPPED));
        if (!permits.awaitNone(limit)) {
            LOG.warn("smtp-ra: {} deliveries still run at the stop; they are given up and roll back", running.size());
            abandon(running);
        }
    }

    private void awaitTurn(Delivery delivery) {
        delivery.turnTimer(threads.after(config.queueTimeout(), () -> {
            if (permits.withdraw(delivery)) {
                refuse(delivery, Replies.BUSY);
                permits.grantWaiting().forEach(this::start);
            }
        }));
    }

    /** Starts a delivery that has its permits. */
    private void start(Delivery delivery) {
        if (begin(delivery)) {
            threads.run(delivery.parts().size() == 1 ? work(delivery) : importedWork(delivery));
        }
    }

    /** Notes that a delivery that has its permits is under way; false if it has been refused. */
    private boolean begin(Delivery delivery) {
        running.add(delivery);
        for (Delivery.Part part : delivery.parts()) {
            if (!part.activation().begin(delivery)) {
                giveUp(delivery, Replies.STOPPED);
                return false;
            }
        }
        delivery.endTimer(threads.after(config.deliveryTimeout(), () -> timeOver(delivery)));
        return true;
    }

    private ServerWork work(Delivery first) {
        return first.caller()
                .map(caller -> ServerWork.as(WORK_NAME, caller, () -> runFrom(first),
                        failure -> failure.ifPresent(why -> rejected(first, why))))
                .orElseGet(() -> ServerWork.of(WORK_NAME, () -> runFrom(first), failure -> rejected(first, failure)));
    }

    /** Runs a delivery, then those whose turn has come by its end. */
    private void runFrom(Delivery first) {
        Optional<Delivery> next = Optional.of(first);
        while (next.isPresent()) {
            Delivery delivery = next.get();
            tell(delivery, outcome(delivery, () -> endpointDelivery.deliver(delivery)));
            next = runHere(delivery, end(delivery));
        }
    }

    /**
     * Of the deliveries whose turn has come, the one that the calling thread is to run; the others are started. A work
     * has one caller to its end, so that only mails of nobody in particular follow one another in it.
     */
    private Optional<Delivery> runHere(Delivery ended, List<Delivery> granted) {
        Optional<Delivery> here = granted.stream()
                .filter(delivery -> delivery.parts().size() == 1
                        && ended.caller().isEmpty() && delivery.caller().isEmpty())
                .findFirst();
        granted.stream().filter(delivery -> here.isEmpty() || here.get() != delivery).forEach(this::start);
        return here.filter(this::begin);
    }

    private ServerWork importedWork(Delivery delivery) {
        Xid xid = DeliveryXid.create();
        ImportedDelivery imported = new ImportedDelivery(container.terminator(), call, delivery, xid);
        return ServerWork.inTransaction(
                WORK_NAME,
                xid,
                config.deliveryTimeout(),
                delivery.caller(),
                () -> {
                    if (!delivery.isAbandoned()) {
                        imported.callEndpoints();
                    }
                },
                failure -> {
                    failure.ifPresent(imported::fail);
                    tell(delivery, outcome(delivery, imported::end));
                    end(delivery).forEach(this::start);
                },
                failure -> rejected(delivery, failure));
    }

    /** What a delivery comes to: whatever goes wrong in it is an outcome, so that permits always come back. */
    private DeliveryOutcome outcome(Delivery delivery, Supplier<DeliveryOutcome> step) {
        try {
            return delivery.isAbandoned() && delivery.parts().size() == 1
                    ? new DeliveryOutcome.Refused(Replies.STOPPED)
                    : step.get();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: the delivery failed", delivery.mail().id(), e);
            return new DeliveryOutcome.Refused(Replies.FAILED);
        }
    }

    private static void tell(Delivery delivery, DeliveryOutcome outcome) {
        if (!delivery.tell(outcome) && outcome instanceof DeliveryOutcome.Delivered) {
            LOG.warn("{}: committed after the sender had been asked to try again; it will arrive a second time",
                    delivery.mail().id());
        }
    }

    private void timeOver(Delivery delivery) {
        if (delivery.abandon(Replies.TOO_SLOW)) {
            LOG.warn("{}: not processed within {} s (deliveryTimeout): given up, it will roll back",
                    delivery.mail().id(), config.deliveryTimeout().toSeconds());
        } else {
            delivery.endTimer(threads.after(COMMIT_TIME, () -> {
                if (delivery.refuse(Replies.TOO_SLOW)) {
                    LOG.warn("{}: its commit has not ended within {} s; the sender is asked to try again",
                            delivery.mail().id(), COMMIT_TIME.toSeconds());
                }
            }));
        }
    }

    private void rejected(Delivery delivery, Exception failure) {
        LOG.warn("{}: the server has no thread for its delivery", delivery.mail().id(), failure);
        giveUp(delivery, Replies.BUSY);
    }

    private void giveUp(Delivery delivery, Reply reply) {
        delivery.refuse(reply);
        end(delivery).forEach(this::start);
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
        delivery.parts().forEach(part -> part.activation().end(delivery));
        return permits.giveBack(delivery);
    }
}
