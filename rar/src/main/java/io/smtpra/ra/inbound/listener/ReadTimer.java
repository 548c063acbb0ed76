package io.smtpra.ra.inbound.listener;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The time limit of what a connection is waiting for. It is moved for each line; the timer beneath is not, it only
 * looks again when it fires, and sleeps never longer than the shortest limit that may be set meanwhile.
 */
final class ReadTimer implements Runnable {

    private final EventExecutor executor;
    private final long longestSleep;
    private final Runnable expired;
    private Future<?> timer;
    private boolean armed;
    private boolean cancelled;
    private long due;

    ReadTimer(EventExecutor executor, Duration shortestLimit, Runnable expired) {
        this.executor = executor;
        this.longestSleep = shortestLimit.toNanos();
        this.expired = expired;
        this.timer = executor.schedule(this, longestSleep, TimeUnit.NANOSECONDS);
    }

    void set(Duration limit) {
        armed = true;
        due = System.nanoTime() + limit.toNanos();
    }

    /** Stops the clock: the server itself is waited for. */
    void pause() {
        if (armed) {
            armed = false;
            due -= System.nanoTime();
        }
    }

    /** Lets it go on where it stood. */
    void resume() {
        armed = true;
        due += System.nanoTime();
    }

    void cancel() {
        cancelled = true;
        timer.cancel(false);
    }

    @Override
    public void run() {
        long left = armed ? due - System.nanoTime() : longestSleep;
        if (left <= 0) {
            armed = false;
            expired.run();
            left = armed ? due - System.nanoTime() : longestSleep;
        }
        if (!cancelled) {
            timer = executor.schedule(this, Math.min(left, longestSleep), TimeUnit.NANOSECONDS);
        }
    }
}
