package io.smtpra.ra.client.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When the waits on one connection end. A call that waits in the system longer than that is ended by closing the
 * connection, which is of no more use then.
 *
 * <p>The watchdog is asked only if it would else come too late: when a wait begins that ends before the time at which
 * it comes anyway. So a mail whose replies come soon costs no timer at all.
 */
final class WireDeadline implements Closeable {

    // A time is odd, so that it is neither of these.
    private static final long NOBODY_WAITS = 0;
    private static final long NEVER = 0;
    private static final long EXPIRED = 2;

    private final Watchdog watchdog;
    private final Closeable connection;
    private final AtomicLong waitingUntil = new AtomicLong(NOBODY_WAITS);
    private long time;
    private volatile long comesAt = NEVER;
    private Optional<Future<?>> visit = Optional.empty();
    private boolean closed;

    /** The connection is closed by the watchdog's thread. */
    WireDeadline(Watchdog watchdog, Closeable connection) {
        this.watchdog = watchdog;
        this.connection = connection;
    }

    /** From now on every wait ends when this has passed; zero means not to wait. */
    void expireAfter(Duration timeout) {
        time = System.nanoTime() + timeout.toNanos() | 1;
    }

    /** Whether there is no time left to wait. */
    boolean isOver() {
        return time - System.nanoTime() <= 0;
    }

    /** Before a call that may wait. */
    void beginWait() throws SocketTimeoutException {
        if (!waitingUntil.compareAndSet(NOBODY_WAITS, time)) {
            throw timedOut();
        }
        if (comesTooLateFor(time)) {
            callFor(time);
        }
    }

    /** After a call that may have waited, whatever became of it. */
    void endWait() {
        waitingUntil.compareAndSet(time, NOBODY_WAITS);
    }

    /** What the failure of a call that may have waited means. */
    IOException meaningOf(ClosedChannelException failure) {
        if (waitingUntil.get() == EXPIRED) {
            return timedOut();
        }
        if (failure instanceof ClosedByInterruptException) {
            InterruptedIOException interrupted = new InterruptedIOException("the thread was interrupted");
            interrupted.initCause(failure);
            return interrupted;
        }
        return failure;
    }

    static SocketTimeoutException timedOut() {
        return new SocketTimeoutException("the time is up");
    }

    /** The connection is closed: there is nothing left to watch. */
    @Override
    public synchronized void close() {
        closed = true;
        visit.ifPresent(coming -> coming.cancel(false));
    }

    private boolean comesTooLateFor(long when) {
        long coming = comesAt;
        return coming == NEVER || when - coming < 0;
    }

    private synchronized void callFor(long when) {
        if (!closed && comesTooLateFor(when)) {
            visit.ifPresent(coming -> coming.cancel(false));
            comesAt = when;
            visit = Optional.of(watchdog.after(when - System.nanoTime(), this::visited));
        }
    }

    private void visited() {
        // First this: whoever begins to wait from now on sees that nobody comes, or is seen here.
        comesAt = NEVER;
        long until = waitingUntil.get();
        if (until == NOBODY_WAITS || until == EXPIRED) {
            return;
        }
        if (until - System.nanoTime() > 0) {
            callFor(until);
        } else if (waitingUntil.compareAndSet(until, EXPIRED)) {
            end();
        }
    }

    private void end() {
        try {
            connection.close();
        } catch (IOException e) {
            // Whoever waited hears of the time-out all the same.
        }
    }
}
