package io.smtpra.ra.client.net;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs what has to happen when a wait has been too long. One thread for all connections of a factory, which is there
 * only while one of them may have to be ended.
 */
public final class Watchdog {

    private static final long IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor executor;

    /** A watchdog that has no thread yet. */
    public Watchdog() {
        executor = new ScheduledThreadPoolExecutor(1, Watchdog::thread);
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        // A connection that was closed is not remembered until its time would have been up.
        executor.setRemoveOnCancelPolicy(true);
    }

    /**
     * Has something done later.
     *
     * @param nanos when
     * @param task what, which must not wait
     * @return by which it can be called off
     */
    public Future<?> after(long nanos, Runnable task) {
        return executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    private static Thread thread(Runnable work) {
        // Nothing of the application that happens to send first, which would be kept from being unloaded: neither its
        // inheritable variables nor its class loader.
        Thread thread = new Thread(null, work, "smtp-ra outbound time-outs", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Watchdog.class.getClassLoader());
        return thread;
    }
}
