package io.smtpra.ra.outbound.relay;

import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.sasl.AuthCredentials;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Keeps credentials that a next hop has refused from being shown again at once: many a server locks an account after a
 * few refusals. The wait grows from refusal to refusal, and a success ends it.
 */
final class LogInPause {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_REMEMBERED = 1_000;

    private final Map<Key, Pause> pauses = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    LogInPause() {
        this(System::nanoTime);
    }

    LogInPause(LongSupplier clock) {
        this.clock = clock;
    }

    /** Refuses to show credentials that were refused lately. */
    void check(NextHop hop, Optional<AuthCredentials> credentials) throws SmtpException {
        if (pauses.isEmpty() || credentials.isEmpty()) {
            return;
        }
        Pause pause = pauses.get(new Key(hop, credentials.get()));
        long left = pause == null ? 0 : pause.until - clock.getAsLong();
        if (left > 0) {
            throw new SmtpException(Phase.AUTHENTICATE, hop.name() + " has refused these credentials (" + pause.reason
                    + "); they are shown again in " + (left / 1_000_000_000 + 1) + " s at the earliest", true, null);
        }
    }

    void refused(NextHop hop, Optional<AuthCredentials> credentials, SmtpException refusal) {
        if (credentials.isEmpty() || refusal.phase() != Phase.AUTHENTICATE || refusal.reply().isEmpty()) {
            return;
        }
        long now = clock.getAsLong();
        if (pauses.size() >= MOST_REMEMBERED) {
            // The credentials of applications: whoever guesses many must not fill the memory.
            pauses.values().removeIf(pause -> pause.until - now <= 0);
            if (pauses.size() >= MOST_REMEMBERED) {
                return;
            }
        }
        pauses.compute(new Key(hop, credentials.get()), (key, last) -> {
            Duration next = last == null ? FIRST : last.length.multipliedBy(2);
            Duration length = next.compareTo(LONGEST) > 0 ? LONGEST : next;
            return new Pause(length, now + length.toNanos(), refusal.reply().orElseThrow().toString());
        });
    }

    void accepted(NextHop hop, Optional<AuthCredentials> credentials) {
        if (!pauses.isEmpty()) {
            credentials.ifPresent(shown -> pauses.remove(new Key(hop, shown)));
        }
    }

    private record Key(NextHop hop, AuthCredentials credentials) {}

    private record Pause(Duration length, long until, String reason) {}
}
