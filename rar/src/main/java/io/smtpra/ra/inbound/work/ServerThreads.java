package io.smtpra.ra.inbound.work;

import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way to the server's threads, and a clock. Handing work to a server can block when its pool is full, and other
 * adapters share that pool; so a thread of its own does it, never an event loop.
 */
public final class ServerThreads {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final WorkManager workManager;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final ExecutorService dispatcher;
    /** Apart from the other, which must not wait until the server has a thread for a question. */
    private final ExecutorService questionDispatcher;

    public ServerThreads(WorkManager workManager) {
        this.workManager = workManager;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "smtp-ra timer"));
        this.timer.setRemoveOnCancelPolicy(true);
        // After the end nothing is left to be timed: what is late is refused without a timer.
        this.timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        this.dispatcher = Executors.newSingleThreadExecutor(task -> daemon(task, "smtp-ra dispatcher"));
        this.questionDispatcher = Executors.newSingleThreadExecutor(task -> daemon(task, "smtp-ra questions"));
    }

    /** Has work done; never blocks. The work is told if the server does not take it. */
    public void run(ServerWork work) {
        try {
            (work.isQuestion() ? questionDispatcher : dispatcher).execute(() -> schedule(work));
        } catch (RejectedExecutionException e) {
            work.reject(e);
        }
    }

    /** Has something short done later, unless it is cancelled. */
    public ScheduledFuture<?> after(Duration time, Runnable task) {
        if (ticking.compareAndSet(false, true)) {
            tickLater();
        }
        return timer.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Whatever is due first wakes the timer's thread when it is added. So, as long as anything is timed, something is
     * due sooner than the timers of deliveries, nearly all of which are cancelled before they go off.
     */
    private void tick() {
        if (timer.getQueue().isEmpty()) {
            ticking.set(false);
            if (timer.getQueue().isEmpty() || !ticking.compareAndSet(false, true)) {
                return;
            }
        }
        tickLater();
    }

    private void tickLater() {
        timer.schedule(this::tick, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How much is timed. */
    int timed() {
        return timer.getQueue().size();
    }

    public void close() {
        timer.shutdownNow();
        dispatcher.shutdown();
        questionDispatcher.shutdown();
    }

    private void schedule(ServerWork work) {
        try {
            workManager.scheduleWork(work, WorkManager.INDEFINITE, null, work);
        } catch (WorkException | RuntimeException e) {
            work.reject(e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        // without what a server hands down to new threads: the ids of a session in the log's context
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
