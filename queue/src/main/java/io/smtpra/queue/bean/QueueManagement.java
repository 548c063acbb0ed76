package io.smtpra.queue.bean;

import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.RouteState;
import io.smtpra.queue.claim.RouteTable;
import io.smtpra.queue.log.QueueMessages;
import io.smtpra.queue.sending.RouteWorkers;
import io.smtpra.queue.sending.SendingCounts;
import io.smtpra.queue.sending.Transactions;
import io.smtpra.queue.store.QueueDepth;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/** Answers an administrator. The database is counted at most every ten seconds, however often it is asked. */
final class QueueManagement implements MailQueueMXBean, AutoCloseable {

    private static final Duration COUNTED_FOR = Duration.ofSeconds(10);
    private static final long MINUTE_MILLIS = 60_000;

    private final Transactions transactions;
    private final PausedFactories paused;
    private final RouteWorkers workers;
    private final SendingCounts counts;
    private final Clock clock;
    private final ObjectName name;
    private QueueDepth depth;
    private Instant counted = Instant.EPOCH;
    /** Used by the one thread that looks at the queue. */
    private long logged;

    private QueueManagement(Transactions transactions, PausedFactories paused, RouteWorkers workers,
            SendingCounts counts, Clock clock, ObjectName name) {
        this.transactions = transactions;
        this.paused = paused;
        this.workers = workers;
        this.counts = counts;
        this.clock = clock;
        this.name = name;
    }

    /** Registers the bean of one application. */
    static QueueManagement register(String application, Transactions transactions, PausedFactories paused,
            RouteWorkers workers, SendingCounts counts, Clock clock) throws JMException {
        ObjectName name = new ObjectName("io.smtpra:type=MailQueue,application=" + ObjectName.quote(application));
        QueueManagement bean = new QueueManagement(transactions, paused, workers, counts, clock, name);
        ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name);
        return bean;
    }

    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException e) {
            QueueMessages.LOG.notUnregistered(name, e);
        }
    }

    @Override
    public long getWaiting() {
        return depth().waiting();
    }

    @Override
    public long getSending() {
        return depth().sending();
    }

    @Override
    public long getOldestSeconds() {
        return depth().oldest().map(since -> Duration.between(since, clock.instant()).toSeconds()).orElse(0L);
    }

    @Override
    public long getSetAside() {
        return depth().setAside();
    }

    @Override
    public List<String> getFactories() {
        QueueDepth now = depth();
        return routes().stream().map(route -> line(route, now)).toList();
    }

    @Override
    public long getSent() {
        return counts.of(RecipientState.SENT);
    }

    @Override
    public long getDeferred() {
        return counts.of(RecipientState.WAITING);
    }

    @Override
    public long getBounced() {
        return counts.of(RecipientState.BOUNCED);
    }

    @Override
    public long getExpired() {
        return counts.of(RecipientState.EXPIRED);
    }

    @Override
    public long getSentLastMinute() {
        return counts.inLastMinute(RecipientState.SENT);
    }

    @Override
    public long getDeferredLastMinute() {
        return counts.inLastMinute(RecipientState.WAITING);
    }

    @Override
    public long getBouncedLastMinute() {
        return counts.inLastMinute(RecipientState.BOUNCED);
    }

    /** Writes what the last full minute brought into the log, once, if it brought anything. */
    void logLastMinute() {
        long minute = clock.millis() / MINUTE_MILLIS;
        if (minute == logged) {
            return;
        }
        logged = minute;
        Map<String, Map<RecipientState, Long>> last = counts.lastMinute();
        if (!last.isEmpty()) {
            QueueDepth now = depth();
            last.keySet().forEach(route -> QueueMessages.LOG.lastMinute(route, minute(last.get(route)),
                    waiting(route, now)));
        }
    }

    @Override
    public String pause(String factory) {
        return set(factory, true);
    }

    @Override
    public String resume(String factory) {
        return set(factory, false);
    }

    @Override
    public String pauseAll() {
        routes().forEach(route -> set(route.route(), true));
        return "all are paused";
    }

    @Override
    public String resumeAll() {
        routes().forEach(route -> set(route.route(), false));
        return "all go on";
    }

    private String set(String factory, boolean paused) {
        try {
            boolean known = transactions.inNew(connection -> {
                if (!paused) {
                    RouteTable.rest(connection, factory, 0, Instant.EPOCH);
                }
                return RouteTable.pause(connection, factory, paused);
            });
            if (!known) {
                return "no mail was ever queued for '" + factory + "'";
            }
            workers.learn(new RouteState(factory, paused, 0, Instant.EPOCH));
            if (!paused) {
                workers.wake(factory);
            }
            if (paused) {
                QueueMessages.LOG.paused(factory);
            } else {
                QueueMessages.LOG.resumed(factory);
            }
            return factory + (paused ? " is paused" : " goes on");
        } catch (SQLException e) {
            throw new IllegalStateException("The database refuses: " + e.getMessage(), e);
        }
    }

    private List<RouteState> routes() {
        try {
            return transactions.inNew(paused::routes);
        } catch (SQLException e) {
            throw new IllegalStateException("The database refuses: " + e.getMessage(), e);
        }
    }

    private synchronized QueueDepth depth() {
        Instant now = clock.instant();
        if (depth == null || now.isAfter(counted.plus(COUNTED_FOR))) {
            try {
                depth = transactions.inNew(QueueDepth::of);
                counted = now;
            } catch (SQLException e) {
                throw new IllegalStateException("The database refuses: " + e.getMessage(), e);
            }
        }
        return depth;
    }

    private static String waiting(String route, QueueDepth now) {
        return now.routes().stream().filter(one -> one.route().equals(route)).findAny()
                .map(one -> one.mails() + " waiting, " + one.sending() + " of them being sent, oldest since "
                        + one.oldest())
                .orElse("0 waiting");
    }

    private static String minute(Map<RecipientState, Long> counts) {
        return "last minute " + counts.getOrDefault(RecipientState.SENT, 0L) + " sent, "
                + counts.getOrDefault(RecipientState.WAITING, 0L) + " deferred, "
                + counts.getOrDefault(RecipientState.BOUNCED, 0L) + " bounced, "
                + counts.getOrDefault(RecipientState.EXPIRED, 0L) + " expired";
    }

    private String line(RouteState route, QueueDepth now) {
        String state = route.paused() ? ", paused"
                : route.restedUntil().isAfter(clock.instant())
                        ? ", failed " + route.failures() + " times, left alone until " + route.restedUntil() : "";
        return route.route() + ": " + waiting(route.route(), now) + state + ", "
                + minute(counts.lastMinute().getOrDefault(route.route(), Map.of()));
    }
}
