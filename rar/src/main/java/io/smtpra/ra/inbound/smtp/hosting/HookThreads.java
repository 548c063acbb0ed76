package io.smtpra.ra.inbound.smtp.hosting;

import java.time.Duration;
import java.util.function.Consumer;

/** The way to threads that may block, and a clock. */
public interface HookThreads {

    /**
     * Has a task done; never blocks.
     *
     * @param task never throws
     * @param onReject called if there is no thread for it
     */
    void run(Runnable task, Consumer<Exception> onReject);

    /**
     * Has something short done later.
     *
     * @param time how much later
     * @param task what to do
     * @return forgets it
     */
    Runnable after(Duration time, Runnable task);
}
