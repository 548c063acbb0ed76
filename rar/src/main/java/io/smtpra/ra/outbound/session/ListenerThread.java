package io.smtpra.ra.outbound.session;

import io.smtpra.ra.log.OutboundMessages;
import jakarta.mail.event.MailEvent;
import java.util.EventListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells the listeners of one transport, one event after the other, on a thread that is there only while there is
 * something to tell: neither who sends nor who commits waits for them.
 */
final class ListenerThread {

    private static final int IDLE_SECONDS = 1;
    private static final int MOST_EVENTS = 1_000;

    /** The application's, which made the transport. */
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    /** Most transports have no listeners, and none of this. */
    private Optional<Executor> thread = Optional.empty();

    /** A listener that is a thousand mails late is told by those who send, and so holds them up. */
    private synchronized Executor thread() {
        if (thread.isEmpty()) {
            ThreadPoolExecutor made = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(MOST_EVENTS), this::thread, new ThreadPoolExecutor.CallerRunsPolicy());
            made.allowCoreThreadTimeOut(true);
            thread = Optional.of(made);
        }
        return thread.get();
    }

    private Thread thread(Runnable task) {
        Thread made = new Thread(null, task, "smtp-ra mail listeners", 0, false);
        made.setDaemon(true);
        made.setContextClassLoader(loader);
        return made;
    }

    void tell(MailEvent event, List<? extends EventListener> listeners) {
        thread().execute(() -> {
            for (EventListener listener : listeners) {
                try {
                    event.dispatch(listener);
                } catch (RuntimeException e) {
                    OutboundMessages.LOG.transportListenerFailed(e);
                }
            }
        });
    }
}
