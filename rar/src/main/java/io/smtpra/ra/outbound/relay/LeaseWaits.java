package io.smtpra.ra.outbound.relay;

import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.net.Watchdog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends waits for a session when the time of their sending is over. The server's pool knows only its own time, which is
 * the same for all; who waits in it is interrupted.
 *
 * <p>The watchdog is asked only if it would else come too late, so that a session that is there costs no timer.
 */
final class LeaseWaits {

    private static final long NEVER = 0;

    private final Watchdog watchdog;
    /** Until when which thread may wait. */
    private final Map<Thread, Long> waiting = new ConcurrentHashMap<>();
    private volatile long comesAt = NEVER;

    LeaseWaits(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    /** Where something is waited for. */
    interface Source<T> {
        T get() throws SmtpException;
    }

    /** Gets something, a session say, or fails when the budget is over. */
    <T> T get(Source<T> source, SendBudget budget) throws SmtpException {
        // a time is odd, so that it is never NEVER
        long until = System.nanoTime() + budget.left().toNanos() | 1;
        waiting.put(Thread.currentThread(), until);
        boolean over = false;
        SmtpException failure = null;
        try {
            if (comesTooLateFor(until)) {
                callFor(until);
            }
            return source.get();
        } catch (SmtpException e) {
            failure = e;
        } finally {
            over = endWait();
        }
        throw over ? new SmtpException(Phase.PREPARE, "No connection from the pool within " + budget.whole().toMillis()
                + " ms, which is what this sending may take: sendTimeout, or less if the transaction has less left",
                true,
                failure) : failure;
    }

    /** Whether it was ended from here; then the thread is interrupted, or was. */
    private synchronized boolean endWait() {
        if (waiting.remove(Thread.currentThread()) != null) {
            return false;
        }
        Thread.interrupted();
        return true;
    }

    private boolean comesTooLateFor(long when) {
        long coming = comesAt;
        return coming == NEVER || when - coming < 0;
    }

    private synchronized void callFor(long when) {
        if (comesTooLateFor(when)) {
            comesAt = when;
            watchdog.after(when - System.nanoTime(), this::visited);
        }
    }

    private synchronized void visited() {
        // first this: whoever begins to wait from now on sees that nobody comes, or is seen here
        comesAt = NEVER;
        for (Map.Entry<Thread, Long> waiter : waiting.entrySet()) {
            if (waiter.getValue() - System.nanoTime() > 0) {
                callFor(waiter.getValue());
            } else if (waiting.remove(waiter.getKey(), waiter.getValue())) {
                waiter.getKey().interrupt();
            }
        }
    }
}
