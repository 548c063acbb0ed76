package io.smtpra.ra.event;

import io.smtpra.event.SmtpEventListener;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.log.EventMessages;
import io.smtpra.ra.server.ServerResumption;
import io.smtpra.ra.telemetry.EventSink;
import io.smtpra.ra.telemetry.Telemetry;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who hears of events: the beans that are activated, and the log. */
public final class EventActivations implements AutoCloseable {

    private final ServerThreads threads;
    private final Telemetry telemetry;
    private final Duration shutdownTimeout;
    private final Map<MessageEndpointFactory, EventSubscription> subscriptions = new ConcurrentHashMap<>();
    private final JsonEventLog log = new JsonEventLog();
    private final List<EventSink> hooks = new CopyOnWriteArrayList<>();

    /**
     * The log hears of them from now on.
     *
     * @param threads on which beans are called
     * @param telemetry whose events
     * @param shutdownTimeout how long a call may take that has begun when its bean is stopped
     */
    public EventActivations(ServerThreads threads, Telemetry telemetry, Duration shutdownTimeout) {
        this.threads = threads;
        this.telemetry = telemetry;
        this.shutdownTimeout = shutdownTimeout;
        telemetry.events().add(log);
    }

    /**
     * Tells a hook of all events from now on, on the threads on which they happen.
     *
     * @param hook never waits for anything
     */
    public void listen(SmtpEventListener hook) {
        EventSink sink = new HookSink(hook, telemetry);
        hooks.add(sink);
        telemetry.events().add(sink);
    }

    /**
     * Tells a bean of events from now on.
     *
     * @param factory makes the bean's endpoints
     * @param spec what it wants to hear
     * @throws InvalidPropertyException if its properties are wrong; while the server boots or resumes this is logged
     *     instead, and the bean left out
     */
    public void activate(MessageEndpointFactory factory, EventActivationSpec spec) throws InvalidPropertyException {
        try {
            EventWishes wishes = spec.wishes();
            EventSubscription subscription = new EventSubscription(factory, wishes, threads, telemetry);
            subscriptions.put(factory, subscription);
            telemetry.events().add(subscription);
            EventMessages.LOG.hears(subscription.beanName(),
                    spec.getKinds().isBlank() ? "all kinds" : spec.getKinds().strip());
        } catch (InvalidPropertyException e) {
            if (!ServerResumption.isUnderWay()) {
                throw e;
            }
            EventMessages.LOG.leftOut(factory.getEndpointClass().getName(), e.getMessage(), e);
        }
    }

    /**
     * Tells a bean of no further events. Returns when it is not called any more, or the time for that is over: the
     * server takes away what the bean needs as soon as this returns.
     *
     * @param factory as it was activated
     */
    public void deactivate(MessageEndpointFactory factory) {
        Optional.ofNullable(subscriptions.remove(factory)).ifPresent(this::end);
    }

    @Override
    public void close() {
        telemetry.events().remove(log);
        hooks.forEach(telemetry.events()::remove);
        subscriptions.keySet().forEach(this::deactivate);
    }

    private void end(EventSubscription subscription) {
        telemetry.events().remove(subscription);
        if (!subscription.close(shutdownTimeout)) {
            EventMessages.LOG.late(subscription.beanName(), shutdownTimeout.toSeconds());
        }
        EventMessages.LOG.hearsNoMore(subscription.beanName());
    }
}
