package io.smtpra.monitoring;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import javax.management.ObjectName;

/**
 * The figures of all adapters and queues of this JVM as meters of Micrometer, as docs/statistics.md names them.
 * Adapters, queues, next hops and replies come and go: what is new has its meter ten seconds later, until it is closed.
 */
public final class SmtpMeters implements MeterBinder, AutoCloseable {

    private static final long LOOK_SECONDS = 10;
    /** The attributes of the queue's bean, which know nothing of meters. */
    private static final List<FigureInfo> QUEUE = List.of(
            FigureInfo.gauge("Waiting", "smtpra.queue.waiting"),
            FigureInfo.gauge("Sending", "smtpra.queue.sending"),
            FigureInfo.gauge("OldestSeconds", "smtpra.queue.oldest.seconds"),
            FigureInfo.gauge("SetAside", "smtpra.queue.set.aside"),
            FigureInfo.counter("Sent", "smtpra.queue.recipients", "outcome", "sent"),
            FigureInfo.counter("Deferred", "smtpra.queue.recipients", "outcome", "deferred"),
            FigureInfo.counter("Bounced", "smtpra.queue.recipients", "outcome", "bounced"),
            FigureInfo.counter("Expired", "smtpra.queue.recipients", "outcome", "expired"));

    /**
     * A meter that is registered. The registry holds the source weakly, this one holds it.
     *
     * @param bean of which bean
     */
    private record Registered(ObjectName bean, String name, Tags tags, DoubleSupplier source) {}

    private final ManagedBeans beans = new ManagedBeans();
    private final Map<ObjectName, BeanFigures> known = new LinkedHashMap<>();
    private final Map<MeterRegistry, Map<String, Registered>> bound = new LinkedHashMap<>();
    private Optional<ScheduledExecutorService> looks = Optional.empty();
    private boolean failing;

    /** Meters that are bound to no registry yet. */
    public SmtpMeters() {
        // nothing runs until there is a registry
    }

    /**
     * Registers the meters, and goes on doing so as new ones come.
     *
     * @param registry a registry; several may be bound
     */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        bound.putIfAbsent(registry, new HashMap<>());
        look();
        if (looks.isEmpty()) {
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "smtp-ra monitoring");
                thread.setDaemon(true);
                return thread;
            });
            executor.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
            looks = Optional.of(executor);
        }
    }

    /** Takes all meters away from the registries. */
    @Override
    public synchronized void close() {
        looks.ifPresent(ScheduledExecutorService::shutdownNow);
        looks = Optional.empty();
        bound.forEach((registry, meters) -> meters.values().forEach(meter -> remove(registry, meter)));
        bound.clear();
    }

    /** Registers what is new, and removes what has gone. */
    synchronized void look() {
        try {
            List<ObjectName> adapters = beans.ofType(ManagedBeans.STATISTICS);
            List<ObjectName> queues = beans.ofType(ManagedBeans.QUEUE);
            known.keySet().removeIf(bean -> !adapters.contains(bean) && !queues.contains(bean));
            adapters.forEach(bean -> known.computeIfAbsent(bean, added -> new BeanFigures(beans, added,
                    beans.attributes(added).stream().flatMap(info -> FigureInfo.of(info).stream()).toList())));
            queues.forEach(bean -> known.computeIfAbsent(bean, added -> new BeanFigures(beans, added, QUEUE)));
            bound.forEach(this::register);
            failing = false;
        } catch (RuntimeException e) {
            // Thrown on, it would end the looks for good.
            if (!failing) {
                MonitoringMessages.LOG.metersNotUpdated(e);
            }
            failing = true;
        }
    }

    private void register(MeterRegistry registry, Map<String, Registered> meters) {
        List<Registered> gone = meters.values().stream().filter(meter -> !known.containsKey(meter.bean())).toList();
        gone.forEach(meter -> remove(registry, meter));
        meters.values().removeAll(gone);
        known.forEach((bean, figures) -> {
            for (FigureInfo figure : figures.figures()) {
                if (figure.isByName()) {
                    figures.counts(figure).keySet().forEach(name -> register(registry, meters, bean, figure,
                            figure.tags(name), () -> figures.value(figure, name)));
                } else {
                    register(registry, meters, bean, figure, figure.tags(), () -> figures.value(figure));
                }
            }
        });
    }

    private static void register(MeterRegistry registry, Map<String, Registered> meters, ObjectName bean,
            FigureInfo figure, List<String> tags, DoubleSupplier source) {
        List<String> all = new ArrayList<>(tags);
        all.add(bean.getKeyProperty("type").equals(ManagedBeans.QUEUE) ? "application" : "listener");
        all.add(ManagedBeans.owner(bean));
        meters.computeIfAbsent(figure.meter() + all, key -> {
            Registered meter = new Registered(bean, figure.meter(), Tags.of(all.toArray(String[]::new)), source);
            // WildFly 39 exports what comes this way alone; what a builder registers stays with the application.
            if (figure.counter()) {
                registry.more().counter(meter.name(), meter.tags(), source, DoubleSupplier::getAsDouble);
            } else {
                registry.gauge(meter.name(), meter.tags(), source, DoubleSupplier::getAsDouble);
            }
            return meter;
        });
    }

    private static void remove(MeterRegistry registry, Registered registered) {
        Meter meter = registry.find(registered.name()).tags(registered.tags()).meter();
        if (meter != null) {
            registry.remove(meter);
        }
    }
}
