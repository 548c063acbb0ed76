package io.smtpra.queue.sending;

import io.smtpra.queue.RecipientState;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts recipients of this node by what became of them, for each route: since its start, and minute by minute. */
public final class SendingCounts {

    private static final long MINUTE_MILLIS = 60_000;

    private final Clock clock;
    /** Guarded by this, like all in it. One entry a route. */
    private final Map<String, OfRoute> routes = new TreeMap<>();

    /**
     * Counts from nought.
     *
     * @param clock the time
     */
    public SendingCounts(Clock clock) {
        this.clock = clock;
    }

    /**
     * How many attempts ended in a state since the start, over all routes.
     *
     * @param state which
     * @return recipients
     */
    public synchronized long of(RecipientState state) {
        return routes.values().stream().mapToLong(route -> route.total.getOrDefault(state, 0L)).sum();
    }

    /**
     * How many attempts ended in a state in the last full minute, over all routes.
     *
     * @param state which
     * @return recipients
     */
    public synchronized long inLastMinute(RecipientState state) {
        return lastMinute().values().stream().mapToLong(counts -> counts.getOrDefault(state, 0L)).sum();
    }

    /**
     * What the last full minute brought.
     *
     * @return for each route of which an attempt ended in it, how many recipients have come to which state
     */
    public synchronized Map<String, Map<RecipientState, Long>> lastMinute() {
        long now = minute();
        Map<String, Map<RecipientState, Long>> all = new TreeMap<>();
        routes.forEach((name, route) -> {
            route.turn(now);
            if (!route.before.isEmpty()) {
                all.put(name, new EnumMap<>(route.before));
            }
        });
        return all;
    }

    /**
     * Counts a recipient of whom an attempt has ended.
     *
     * @param route through which it was sent
     * @param state what became of him
     */
    public synchronized void add(String route, RecipientState state) {
        OfRoute counted = routes.computeIfAbsent(route, name -> new OfRoute());
        counted.turn(minute());
        counted.total.merge(state, 1L, Long::sum);
        counted.now.merge(state, 1L, Long::sum);
    }

    private long minute() {
        return clock.millis() / MINUTE_MILLIS;
    }

    /** What is counted of one route. */
    private static final class OfRoute {
        private final Map<RecipientState, Long> total = new EnumMap<>(RecipientState.class);
        private Map<RecipientState, Long> now = new EnumMap<>(RecipientState.class);
        private Map<RecipientState, Long> before = new EnumMap<>(RecipientState.class);
        private long minute;

        void turn(long current) {
            if (current != minute) {
                before = current == minute + 1 ? now : new EnumMap<>(RecipientState.class);
                now = new EnumMap<>(RecipientState.class);
                minute = current;
            }
        }
    }
}
