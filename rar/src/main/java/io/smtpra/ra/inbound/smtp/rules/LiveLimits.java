package io.smtpra.ra.inbound.smtp.rules;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The limits of sessions, which an administrator may change while mail flows: for the sessions that begin then. */
public final class LiveLimits {

    private final AtomicReference<ProtocolLimits> current;

    /** Begins with those that are configured. */
    public LiveLimits(ProtocolLimits configured) {
        current = new AtomicReference<>(configured);
    }

    /**
     * The limits of a session that begins now.
     *
     * @return the limits
     */
    public ProtocolLimits current() {
        return current.get();
    }

    /**
     * Changes some of them.
     *
     * @param change makes the new ones from those that hold
     * @throws IllegalArgumentException if no mail could pass under the new ones: then nothing has changed
     */
    public void change(UnaryOperator<ProtocolLimits> change) {
        current.updateAndGet(change);
    }
}
