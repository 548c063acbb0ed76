package io.smtpra.testkit;

import io.smtpra.Mailbox;
import io.smtpra.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a test has said of the answers to come. Safe for use by the test and the listener's threads. */
final class InboxScript {

    /** What happens in place of the answer, or before it. */
    sealed interface Act {}

    /**
     * It is refused.
     *
     * @param reply 4xx or 5xx
     */
    record Refuse(Reply reply) implements Act {

        Refuse {
            if (reply.isPositive()) {
                throw new IllegalArgumentException("A refusal is 4xx or 5xx, not " + reply.code());
            }
        }
    }

    /** The connection is closed without a word. */
    record HangUp() implements Act {}

    /**
     * The answer is late.
     *
     * @param time how late
     */
    record Wait(Duration time) implements Act {

        /** Longer than any client waits. */
        private static final Duration LONGEST = Duration.ofMinutes(10);

        Wait {
            if (time.isNegative() || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("An answer is at most " + LONGEST + " late, not " + time);
            }
        }
    }

    private static final class Line {

        private final InboxStep step;
        private final Optional<Mailbox> recipient;
        private final Act act;
        private int left;

        private Line(InboxStep step, Optional<Mailbox> recipient, int times, Act act) {
            this.step = step;
            this.recipient = recipient;
            this.act = act;
            this.left = times;
        }
    }

    private final List<Line> lines = new ArrayList<>();

    synchronized void add(InboxStep step, Optional<Mailbox> recipient, int times, Act act) {
        Objects.requireNonNull(step, "step");
        if (times < 1) {
            throw new IllegalArgumentException("Something happens once or more often, not " + times + " times");
        }
        if (recipient.isPresent() && step != InboxStep.RECIPIENT) {
            throw new IllegalArgumentException("A recipient is said at RECIPIENT alone, not at " + step);
        }
        lines.add(new Line(step, recipient, times, act));
    }

    /** What happens at a step now: the first that was said of it, as long as it lasts. */
    synchronized Optional<Act> next(InboxStep step, Optional<Mailbox> recipient) {
        for (Iterator<Line> all = lines.iterator(); all.hasNext();) {
            Line line = all.next();
            if (line.step == step && (line.recipient.isEmpty() || line.recipient.equals(recipient))) {
                if (line.left != Integer.MAX_VALUE) {
                    line.left--;
                }
                if (line.left == 0) {
                    all.remove();
                }
                return Optional.of(line.act);
            }
        }
        return Optional.empty();
    }

    synchronized void clear() {
        lines.clear();
    }
}
