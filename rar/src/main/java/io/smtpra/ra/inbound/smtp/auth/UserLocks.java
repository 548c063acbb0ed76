package io.smtpra.ra.inbound.smtp.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Locks a user whose password is guessed from everywhere, for longer and longer: past a number of failures each
 * further one doubles the time in which nothing is tried. Holds a bounded number of users, of which the one longest
 * without a failure goes first. Safe for use by several threads.
 */
final class UserLocks {

    static final int FREE_FAILURES = 200;
    static final Duration LONGEST = Duration.ofMinutes(5);
    /** How long after the last failure they are forgotten. */
    static final Duration MEMORY = Duration.ofHours(1);

    private static final int MAX_USERS = 10_000;
    private static final int MAX_DOUBLINGS = 20;

    private record Failures(int count, long last, long lockedUntil) {}

    private final Clock clock;
    private final Map<String, Failures> byUser = new LinkedHashMap<>();

    UserLocks(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean isLocked(String user) {
        Failures failures = byUser.get(user);
        return failures != null && failures.lockedUntil > clock.millis();
    }

    synchronized void failed(String user) {
        long now = clock.millis();
        Failures before = byUser.remove(user);
        int count = before == null || before.last + MEMORY.toMillis() <= now ? 1 : before.count + 1;
        byUser.put(user, new Failures(count, now, now + delay(count).toMillis()));
        if (byUser.size() > MAX_USERS) {
            byUser.remove(byUser.keySet().iterator().next());
        }
    }

    private static Duration delay(int count) {
        if (count < FREE_FAILURES) {
            return Duration.ZERO;
        }
        Duration delay = Duration.ofSeconds(1L << Math.min(count - FREE_FAILURES, MAX_DOUBLINGS));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
