package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.smtp.hosting.HookThreads;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Threads for hooks that may block, as a server has them; they end with the tests. */
final class HookPool implements HookThreads {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> daemon(task, "hook"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "hook timer"));

    @Override
    public void run(Runnable task, Consumer<Exception> onReject) {
        threads.execute(task);
    }

    @Override
    public Runnable after(Duration time, Runnable task) {
        Future<?> later = timer.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
        return () -> later.cancel(false);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
