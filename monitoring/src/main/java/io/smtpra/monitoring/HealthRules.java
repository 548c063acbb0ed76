package io.smtpra.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.ObjectName;

/** When an adapter is ready for mail. Each rule is one check, which speaks of all adapters of the server. */
final class HealthRules {

    private static final String OPEN = " open";
    private static final String QUEUED = "DeliveriesQueued";
    private static final String QUEUE_LIMIT = "DeliveriesQueueLimit";
    private static final String OLDEST = "DeliveriesOldestSeconds";

    private final ManagedBeans beans;
    private final HealthLimits limits;
    private final Clock clock;

    HealthRules(ManagedBeans beans, HealthLimits limits, Clock clock) {
        this.beans = beans;
        this.limits = limits;
        this.clock = clock;
    }

    /** An adapter is there, and all of its listeners take connections. One that only sends has none. */
    Finding listeners() {
        List<ObjectName> adapters = beans.ofType(ManagedBeans.STATISTICS);
        Finding finding = new Finding("smtp-ra listeners").with("adapters", (long) adapters.size())
                .must(!adapters.isEmpty());
        for (ObjectName bean : beans.ofType(ManagedBeans.LISTENERS)) {
            List<String> lines = beans.value(bean, "Listeners", String[].class).map(Arrays::asList).orElse(List.of());
            for (String line : lines) {
                int state = line.lastIndexOf(' ');
                finding.with(line.substring(0, Math.max(0, state)), line.substring(state + 1))
                        .must(line.endsWith(OPEN));
            }
        }
        return finding;
    }

    /** No certificate expires within the time. */
    Finding certificates() {
        Finding finding = new Finding("smtp-ra certificates").with("limit days", limits.certificate().toDays());
        for (ObjectName bean : beans.ofType(ManagedBeans.CERTIFICATES)) {
            Optional<Instant> expires = beans.value(bean, "Expires", String.class)
                    .filter(text -> !text.isEmpty()).map(Instant::parse);
            if (expires.isPresent()) {
                Duration left = Duration.between(clock.instant(), expires.get());
                finding.with("expires " + ManagedBeans.owner(bean), expires.get().toString())
                        .must(left.compareTo(limits.certificate()) > 0);
            }
        }
        return finding;
    }

    /** Beans keep up: the queue of deliveries has room, and nothing has waited in it for too long. */
    Finding deliveries() {
        Finding finding = new Finding("smtp-ra deliveries").with("limit seconds", limits.delivery().toSeconds());
        for (ObjectName bean : beans.ofType(ManagedBeans.STATISTICS)) {
            Map<String, Object> values = beans.values(bean, List.of(QUEUED, QUEUE_LIMIT, OLDEST));
            if (values.size() < 3) {
                continue;
            }
            long queued = (Long) values.get(QUEUED);
            long limit = (Long) values.get(QUEUE_LIMIT);
            long oldest = (Long) values.get(OLDEST);
            finding.with("waiting " + ManagedBeans.owner(bean), queued + " of " + limit)
                    .with("oldest seconds " + ManagedBeans.owner(bean), oldest)
                    .must((queued < limit || limit == 0) && oldest <= limits.delivery().toSeconds());
        }
        return finding;
    }

    /** The outbound queue can be asked; and its oldest mail is not too old, where there is a limit. */
    Finding queues() {
        Finding finding = new Finding("smtp-ra queue").with("limit seconds", limits.queue().toSeconds());
        for (ObjectName bean : beans.ofType(ManagedBeans.QUEUE)) {
            Optional<Long> oldest = beans.value(bean, "OldestSeconds", Long.class);
            Optional<Long> waiting = beans.value(bean, "Waiting", Long.class);
            if (oldest.isEmpty() || waiting.isEmpty()) {
                finding.with("state " + ManagedBeans.owner(bean), "its database does not answer").must(false);
                continue;
            }
            finding.with("waiting " + ManagedBeans.owner(bean), waiting.get())
                    .with("oldest seconds " + ManagedBeans.owner(bean), oldest.get())
                    .must(limits.queue().isZero() || oldest.get() <= limits.queue().toSeconds());
            beans.value(bean, "Factories", String[].class).map(Arrays::asList).orElse(List.of()).stream()
                    .filter(line -> line.contains(", paused"))
                    .map(line -> line.substring(0, line.indexOf(": ")))
                    .forEach(factory -> finding.with(factory, "paused"));
        }
        return finding;
    }
}
