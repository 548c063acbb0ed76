package io.smtpra.ra.event;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Counts what happens often, and has it said once a minute at most. */
final class Tally {

    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong unsaid = new AtomicLong();

    /**
     * One more.
     *
     * @param say is given how many there were since it was said last, if it is to be said now
     */
    void add(LongConsumer say) {
        unsaid.incrementAndGet();
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
            say.accept(unsaid.getAndSet(0));
        }
    }
}
