package io.smtpra.ra.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Says the same thing once a minute at most: whoever floods us must not fill the log. */
public final class ThrottledLog {

    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong unsaid = new AtomicLong();

    /** A message of the log. */
    public interface Line {

        /**
         * Writes it.
         *
         * @param subject of whom it is
         * @param unsaid how many more like it were not written
         */
        void write(Object subject, long unsaid);
    }

    /**
     * Says it, unless something was said just now.
     *
     * @param line what to say
     * @param subject of whom
     */
    public void log(Line line, Object subject) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
            line.write(subject, unsaid.getAndSet(0));
        } else {
            unsaid.incrementAndGet();
        }
    }
}
