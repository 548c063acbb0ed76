package io.smtpra.ra.inbound.smtp.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failures by key within a time window, for all sessions. Holds a bounded number of keys, of which the one
 * longest without a failure goes first. Safe for use by several threads.
 */
final class FailureBudget {

    private static final int MAX_KEYS = 10_000;

    private record Failures(int count, long windowEnds) {}

    private final int max;
    private final Duration window;
    private final Clock clock;
    private final Map<String, Failures> byKey = new LinkedHashMap<>();

    /**
     * A budget.
     *
     * @param max failures that a key may have
     * @param window how long after its first failure they are forgotten
     */
    FailureBudget(int max, Duration window, Clock clock) {
        this.max = max;
        this.window = window;
        this.clock = clock;
    }

    synchronized boolean isExhausted(String key) {
        Failures failures = byKey.get(key);
        return failures != null && failures.windowEnds > clock.millis() && failures.count >= max;
    }

    synchronized void failed(String key) {
        long now = clock.millis();
        Failures before = byKey.remove(key);
        boolean fresh = before == null || before.windowEnds <= now;
        byKey.put(key, fresh
                ? new Failures(1, now + window.toMillis())
                : new Failures(before.count + 1, before.windowEnds));
        if (byKey.size() > MAX_KEYS) {
            byKey.remove(byKey.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String key) {
        byKey.remove(key);
    }

    synchronized int size() {
        return byKey.size();
    }
}
