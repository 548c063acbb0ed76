package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.event.SmtpEventListener;
import io.smtpra.ra.log.SessionMessages;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.hook.AuthHook;

/**
 * The hooks and handlers that others have written, in the order of the configuration, and the bounds they are called
 * in.
 *
 * @param handlers James' kinds of handlers, and our own
 * @param threads where those are called that may block
 * @param time how long a call may take
 */
public record OutsideHooks(List<ProtocolHandler> handlers, HookThreads threads, Duration time) {

    /** Copies the list. */
    public OutsideHooks {
        handlers = List.copyOf(handlers);
    }

    /** Hooks that do not block. */
    public static OutsideHooks of(List<? extends ProtocolHandler> handlers) {
        return new OutsideHooks(List.copyOf(handlers), NoThreads.INSTANCE, Duration.ofSeconds(10));
    }

    /** Whether one of them knows users. */
    public boolean knowUsers() {
        return handlers.stream().anyMatch(AuthHook.class::isInstance);
    }

    /** Those that want to hear of events. */
    public List<SmtpEventListener> eventListeners() {
        return handlers.stream().map(OutsideMember::hook).filter(SmtpEventListener.class::isInstance)
                .map(SmtpEventListener.class::cast).toList();
    }

    /** The adapter stops. */
    public void destroy() {
        destroy(handlers);
    }

    static void destroy(List<ProtocolHandler> handlers) {
        for (ProtocolHandler handler : handlers) {
            try {
                handler.destroy();
            } catch (RuntimeException | LinkageError e) {
                SessionMessages.LOG.hookNotEnded(OutsideMember.name(handler), e);
            }
        }
    }

    private enum NoThreads implements HookThreads {
        INSTANCE;

        @Override
        public void run(Runnable task, Consumer<Exception> onReject) {
            onReject.accept(new IllegalStateException("there are no threads for hooks"));
        }

        @Override
        public Runnable after(Duration time, Runnable task) {
            return () -> { };
        }
    }
}
