package io.smtpra.ra.inbound.listener.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Says the same thing once a minute at most: whoever floods us must not fill the log. */
public final class ThrottledLog {

    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final Level level;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong unsaid = new AtomicLong();

    public ThrottledLog(Logger log, Level level) {
        this.log = log;
        this.level = level;
    }

    public void log(String message, Object subject) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
            log.atLevel(level).log(message + " ({} more like it were not logged)", subject, unsaid.getAndSet(0));
        } else {
            unsaid.incrementAndGet();
        }
    }
}
