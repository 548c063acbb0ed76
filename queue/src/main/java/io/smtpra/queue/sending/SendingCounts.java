package io.smtpra.queue.sending;

import io.smtpra.queue.RecipientState;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts recipients by what became of them, since the start of this node. */
public final class SendingCounts {

    private static final long MINUTE_MILLIS = 60_000;

    private final Clock clock;
    private final Map<RecipientState, LongAdder> counts = new EnumMap<>(RecipientState.class);
    private long minute;
    private long sentInMinute;
    private long sentInMinuteBefore;

    /**
     * Counts from nought.
     *
     * @param clock the time
     */
    public SendingCounts(Clock clock) {
        this.clock = clock;
        for (RecipientState state : RecipientState.values()) {
            counts.put(state, new LongAdder());
        }
    }

    /**
     * How many attempts ended in a state.
     *
     * @param state which
     * @return recipients
     */
    public long of(RecipientState state) {
        return counts.get(state).sum();
    }

    /** Recipients to whom mail was sent in the last full minute. */
    public synchronized long sentLastMinute() {
        turn();
        return sentInMinuteBefore;
    }

    void add(RecipientState state, long recipients) {
        counts.get(state).add(recipients);
        if (state == RecipientState.SENT) {
            addSent(recipients);
        }
    }

    private synchronized void addSent(long recipients) {
        turn();
        sentInMinute += recipients;
    }

    private void turn() {
        long now = clock.millis() / MINUTE_MILLIS;
        if (now != minute) {
            sentInMinuteBefore = now == minute + 1 ? sentInMinute : 0;
            sentInMinute = 0;
            minute = now;
        }
    }
}
