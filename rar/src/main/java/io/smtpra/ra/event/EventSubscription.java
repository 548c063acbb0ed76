package io.smtpra.ra.event;

import io.smtpra.event.ReceivedMailEvent;
import io.smtpra.event.RecipientRefused;
import io.smtpra.event.SessionEvent;
import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventKind;
import io.smtpra.event.SmtpEventListener;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.inbound.work.ServerWork;
import io.smtpra.ra.log.EventMessages;
import io.smtpra.ra.log.ThrottledLog;
import io.smtpra.ra.telemetry.EventSink;
import io.smtpra.ra.telemetry.LogIds;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one activation. Whoever tells one leaves it in a queue, and drops it where that is full; a thread of
 * the server, one at a time, takes them out in order and calls the bean.
 */
final class EventSubscription implements EventSink {

    private static final Logger LOG = LoggerFactory.getLogger(EventSubscription.class);
    private static final String WORK_NAME = "smtp-ra events";
    /** When the server has no thread, it is asked again after so long. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final MessageEndpointFactory factory;
    private final EventWishes wishes;
    private final ServerThreads threads;
    private final Telemetry telemetry;
    private final BlockingQueue<SmtpEvent> queue;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final ReentrantLock calling = new ReentrantLock();
    private final ThrottledLog dropped = new ThrottledLog();
    private final ThrottledLog failed = new ThrottledLog();
    private final ThrottledLog rejected = new ThrottledLog();
    private volatile boolean closed;

    EventSubscription(
            MessageEndpointFactory factory, EventWishes wishes, ServerThreads threads, Telemetry telemetry) {
        this.factory = factory;
        this.wishes = wishes;
        this.threads = threads;
        this.telemetry = telemetry;
        this.queue = new ArrayBlockingQueue<>(wishes.queueSize());
    }

    String beanName() {
        return factory.getEndpointClass().getName();
    }

    @Override
    public boolean wants(SmtpEventKind kind) {
        return wishes.wants(kind);
    }

    @Override
    public void tell(SmtpEvent event) {
        if (!wishes.wants(event)) {
            return;
        }
        if (queue.offer(event)) {
            start();
        } else {
            drop();
        }
    }

    /**
     * Ends it: what waits is dropped.
     *
     * @param limit how long a call may take that has begun
     * @return false if it goes on still
     */
    boolean close(Duration limit) {
        closed = true;
        queue.clear();
        try {
            boolean over = calling.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (over) {
                calling.unlock();
            }
            return over;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void start() {
        if (!closed && underWay.compareAndSet(false, true)) {
            threads.run(ServerWork.patient(WORK_NAME, this::work, this::reject));
        }
    }

    private void reject(Exception why) {
        underWay.set(false);
        rejected.log((bean, unsaid) -> EventMessages.LOG.noThread(bean, why), beanName());
        threads.after(AGAIN, this::start);
    }

    private void work() {
        calling.lock();
        try {
            callBean();
        } finally {
            calling.unlock();
            underWay.set(false);
        }
        if (!queue.isEmpty()) {
            start();
        }
    }

    private void callBean() {
        Optional<MessageEndpoint> endpoint = Optional.empty();
        try {
            for (SmtpEvent event = next(); event != null; event = next()) {
                if (endpoint.isEmpty()) {
                    endpoint = Optional.of(factory.createEndpoint(null));
                }
                if (!told(endpoint.get(), event)) {
                    // The container may have thrown the instance away that has failed.
                    release(endpoint.get());
                    endpoint = Optional.empty();
                }
            }
        } catch (UnavailableException | RuntimeException e) {
            // It is being undeployed, or stopped by its administrator.
            LOG.debug("{} is not available for events", beanName(), e);
            telemetry.add(Statistic.EVENTS_DROPPED, 1L + queue.drainTo(new ArrayList<>()));
        } finally {
            endpoint.ifPresent(EventSubscription::release);
        }
    }

    private SmtpEvent next() {
        return closed ? null : queue.poll();
    }

    private boolean told(MessageEndpoint endpoint, SmtpEvent event) {
        try {
            callInContext((SmtpEventListener) endpoint, event);
            telemetry.count(Statistic.EVENTS_TOLD);
            return true;
        } catch (Exception | Error e) {
            telemetry.count(Statistic.EVENTS_FAILED);
            failed.log((bean, unsaid) -> EventMessages.LOG.failed(bean, unsaid + 1, e), beanName());
            return false;
        }
    }

    /** What the bean logs can be told by the ids of session and mail. */
    private static void callInContext(SmtpEventListener bean, SmtpEvent event) throws Exception {
        LogIds before = ids(event).enter();
        try {
            bean.onEvent(event);
        } finally {
            before.set();
        }
    }

    private static LogIds ids(SmtpEvent event) {
        LogIds session = event instanceof SessionEvent of ? LogIds.ofSession(of.session()) : LogIds.none();
        if (event instanceof ReceivedMailEvent received) {
            return session.withMail(received.mail().id());
        }
        return event instanceof RecipientRefused refused ? session.withMail(refused.mail()) : session;
    }

    private void drop() {
        telemetry.count(Statistic.EVENTS_DROPPED);
        dropped.log((bean, unsaid) -> EventMessages.LOG.dropped(bean, unsaid + 1), beanName());
    }

    private static void release(MessageEndpoint endpoint) {
        try {
            endpoint.release();
        } catch (RuntimeException e) {
            LOG.debug("An endpoint could not be released", e);
        }
    }
}
