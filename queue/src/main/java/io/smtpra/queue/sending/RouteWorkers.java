package io.smtpra.queue.sending;

import io.smtpra.SmtpConnectionFactory;
import io.smtpra.event.MailLogKeys;
import io.smtpra.queue.claim.Claim;
import io.smtpra.queue.claim.MailClaims;
import io.smtpra.queue.claim.RouteState;
import io.smtpra.queue.claim.RouteTable;
import io.smtpra.queue.log.QueueMessages;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * Who sends at this moment: for each route as many workers as it has work for, within the limits. A worker claims and
 * sends until nothing is due. A next hop that fails is left alone for a growing time, and then tried with one mail.
 */
public final class RouteWorkers {

    private static final Duration BACK_SOON = Duration.ofMillis(10);
    private static final RetrySchedule REST = new RetrySchedule(Duration.ofSeconds(10), Duration.ofMinutes(10));

    private final SendingLimits limits;
    private final MailClaims claims;
    private final Transactions transactions;
    private final Factories factories;
    private final ClaimSender sender;
    private final Executor executor;
    private final Clock clock;
    /** Guarded by this, like all in it. One entry a route. */
    private final Map<String, Route> routes = new HashMap<>();
    private int working;
    private boolean stopped;

    /** Where connection factories are found. */
    @FunctionalInterface
    public interface Factories {

        /**
         * Finds one.
         *
         * @param route its JNDI name
         * @return the factory, absent if there is none now
         */
        Optional<SmtpConnectionFactory> find(String route);
    }

    /** What is known of one route here. */
    private static final class Route {
        private int workers;
        /** Whether something may have become due since a worker last found nothing. */
        private boolean woken;
        /** When a worker last began to claim, by the system's nanoseconds. */
        private long claimedAt;
        private boolean lookedAfter;
        private boolean paused;
        private int failures;
        private Instant restedUntil = Instant.EPOCH;
    }

    /**
     * With all that it needs.
     *
     * @param limits how much at a time
     * @param schedule when what failed is tried again
     * @param claims what is due
     * @param transactions of the queue's own
     * @param recorder of results
     * @param factories to send through
     * @param envelopes with which mails leave
     * @param executor runs the workers
     * @param clock the time
     */
    public RouteWorkers(SendingLimits limits, RetrySchedule schedule, MailClaims claims, Transactions transactions,
            Recorder recorder, Factories factories, OutgoingEnvelope envelopes, Executor executor, Clock clock) {
        this.limits = limits;
        this.claims = claims;
        this.transactions = transactions;
        this.factories = factories;
        this.executor = executor;
        this.clock = clock;
        this.sender = new ClaimSender(limits, schedule, new SenderDomains(limits.mailsPerSenderDomain()), transactions,
                recorder, envelopes, clock, this::isStopped);
    }

    /**
     * Takes over what all nodes know of a route.
     *
     * @param state as it stands in the database
     */
    public synchronized void learn(RouteState state) {
        Route route = routes.computeIfAbsent(state.route(), name -> new Route());
        route.paused = state.paused();
        route.failures = state.failures();
        route.restedUntil = state.restedUntil();
    }

    /**
     * Says that something may be due. A worker looks after it if there is one to be had; if not, the workers that are
     * busy do when they have nothing else.
     *
     * <p>One that has just begun will mostly be back in a moment, and then claims all that has come meanwhile at once: a
     * worker for each mail would pay for a claim and a record for each. Only if it is not back by then another one
     * looks.
     *
     * @param name of the route
     */
    public synchronized void wake(String name) {
        Route route = routes.computeIfAbsent(name, any -> new Route());
        route.woken = true;
        if (route.workers == 0 || System.nanoTime() - route.claimedAt > BACK_SOON.toNanos()) {
            startIfAllowed(name, route);
        } else if (!route.lookedAfter && !stopped) {
            route.lookedAfter = true;
            CompletableFuture.delayedExecutor(BACK_SOON.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> lookAfter(name, route));
        }
    }

    private synchronized void lookAfter(String name, Route route) {
        route.lookedAfter = false;
        if (route.woken) {
            startIfAllowed(name, route);
        }
    }

    private synchronized void another(String name, Route route) {
        route.woken = true;
        startIfAllowed(name, route);
    }

    private void startIfAllowed(String name, Route route) {
        if (mayStart(route)) {
            start(name, route);
        }
    }

    /** Begins no further mail, and returns at once; {@link #isIdle} tells when the last has ended. */
    public synchronized void stop() {
        stopped = true;
    }

    /** Whether nothing is being sent. */
    public synchronized boolean isIdle() {
        return working == 0;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private boolean mayStart(Route route) {
        int most = route.failures > 0 ? 1 : limits.workersPerRoute();
        return !stopped && working < limits.workers() && route.workers < most && isOpen(route);
    }

    /**
     * Whether mail of a route is sent now: it is neither paused nor left alone.
     *
     * @param name of the route
     */
    public synchronized boolean isOpen(String name) {
        return isOpen(routes.computeIfAbsent(name, any -> new Route()));
    }

    private boolean isOpen(Route route) {
        return !route.paused && !clock.instant().isBefore(route.restedUntil);
    }

    private void start(String name, Route route) {
        route.workers++;
        working++;
        route.claimedAt = System.nanoTime();
        try {
            executor.execute(() -> work(name, route));
        } catch (RejectedExecutionException e) {
            route.workers--;
            working--;
            QueueMessages.LOG.noThread(name);
        }
    }

    private void work(String name, Route route) {
        boolean ended = false;
        // WildFly hands the log's context down to a thread that it makes: this may be one of whoever has woken us
        MDC.remove(MailLogKeys.SESSION);
        MDC.remove(MailLogKeys.MAIL);
        try {
            while (goesOn(route)) {
                batch(name, route);
            }
            ended = true;
        } catch (SQLException | RuntimeException e) {
            QueueMessages.LOG.sendingStops(name, e);
        } finally {
            // also after an Error, an OutOfMemoryError say: a worker that is counted for ever would be missing for ever
            if (!ended) {
                finish(route);
            }
        }
    }

    /** False lets the worker end, which is noted in the same step, so that no wake falls in between. */
    private synchronized boolean goesOn(Route route) {
        if (!stopped && route.woken && isOpen(route)) {
            return true;
        }
        route.workers--;
        working--;
        return false;
    }

    private synchronized void finish(Route route) {
        route.workers--;
        working--;
    }

    private void batch(String name, Route route) throws SQLException {
        int limit = begin(route);
        Optional<SmtpConnectionFactory> factory = factories.find(name);
        if (factory.isEmpty()) {
            QueueMessages.LOG.noFactory(name);
            rest(name, route);
            return;
        }
        Instant now = clock.instant();
        Claim claim = transactions.inNew(
                connection -> claims.due(connection, name, now, now.plus(limits.lease()), limit));
        if (claim.isEmpty()) {
            return;
        }
        // there may be more than one claim took: a second worker looks while this one sends
        if (claim.mails().size() + claim.unreadable().size() == limit) {
            another(name, route);
        }
        switch (sender.send(claim, factory.get())) {
            case NEXT_HOP_FAILED -> rest(name, route);
            case SOME_LEFT -> wake(name);
            case DONE -> recovered(name, route);
        }
    }

    /** How many mails to claim: one alone where the last ones failed. */
    private synchronized int begin(Route route) {
        route.woken = false;
        route.claimedAt = System.nanoTime();
        return route.failures > 0 ? 1 : limits.batch();
    }

    private void rest(String name, Route route) throws SQLException {
        int failures;
        Instant until;
        synchronized (this) {
            route.failures++;
            failures = route.failures;
            until = clock.instant().plus(REST.after(failures));
            route.restedUntil = until;
        }
        QueueMessages.LOG.leftAlone(name, failures, until);
        transactions.inNew(connection -> {
            RouteTable.rest(connection, name, failures, until);
            return name;
        });
    }

    private void recovered(String name, Route route) throws SQLException {
        synchronized (this) {
            if (route.failures == 0) {
                return;
            }
            route.failures = 0;
            route.woken = true;
        }
        QueueMessages.LOG.takesMailAgain(name);
        transactions.inNew(connection -> {
            RouteTable.rest(connection, name, 0, Instant.EPOCH);
            return name;
        });
    }
}
