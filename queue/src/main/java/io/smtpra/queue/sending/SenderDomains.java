package io.smtpra.queue.sending;

import io.smtpra.Mailbox;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Lets only so many mails of one sender domain be sent at a time, so that one sender does not hold all connections. */
final class SenderDomains {

    private final int limit;
    /** Only domains of which something is being sent, so never more than there are workers. */
    private final ConcurrentMap<String, Integer> sending = new ConcurrentHashMap<>();

    SenderDomains(int limit) {
        this.limit = limit;
    }

    /** Whether a mail may be sent now; then {@link #end} follows. */
    boolean begin(Optional<Mailbox> sender) {
        if (limit == 0) {
            return true;
        }
        boolean[] allowed = new boolean[1];
        sending.compute(domain(sender), (domain, count) -> {
            int now = count == null ? 0 : count;
            allowed[0] = now < limit;
            return allowed[0] ? Integer.valueOf(now + 1) : count;
        });
        return allowed[0];
    }

    void end(Optional<Mailbox> sender) {
        if (limit != 0) {
            sending.computeIfPresent(domain(sender), (domain, count) -> count == 1 ? null : count - 1);
        }
    }

    private static String domain(Optional<Mailbox> sender) {
        return sender.map(Mailbox::asciiDomain).orElse("");
    }
}
