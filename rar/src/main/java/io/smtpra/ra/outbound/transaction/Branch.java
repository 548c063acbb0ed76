package io.smtpra.ra.outbound.transaction;

import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.relay.MailToSend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mails that wait for one transaction. Ended once, on whatever thread; a mail that comes later is refused. */
public final class Branch {

    private static final Duration MOST_RESERVE = Duration.ofSeconds(1);
    private static final int RESERVED_PART = 10;

    private final Thread startedBy = Thread.currentThread();
    private final long startedAt = System.nanoTime();
    private final Optional<Duration> limit;
    private final List<MailToSend> mails = new ArrayList<>();
    private boolean rollbackOnly;
    private boolean ended;

    /**
     * The mails of a transaction.
     *
     * @param limit how long from now it may take, where that is known
     */
    Branch(Optional<Duration> limit) {
        this.limit = limit;
    }

    /** Takes a mail over; if it throws, the mail is still the caller's. */
    public synchronized void hold(MailToSend mail) throws SmtpException {
        if (ended) {
            throw ended();
        }
        mails.add(mail);
    }

    static SmtpException ended() {
        return new SmtpException(SmtpException.Phase.PREPARE,
                "The transaction has ended, perhaps by its time limit: the mail was not sent", true, null);
    }

    synchronized void setRollbackOnly() {
        rollbackOnly = true;
    }

    synchronized boolean isRollbackOnly() {
        return rollbackOnly;
    }

    /** Ends it; the mails are the caller's. */
    synchronized List<MailToSend> end() {
        ended = true;
        List<MailToSend> taken = List.copyOf(mails);
        mails.clear();
        return taken;
    }

    /**
     * How long sending may take. A little is left for the server: what it does when the limit is reached would wait for
     * us, and with it the time limits of all other transactions.
     */
    Optional<Duration> left() {
        return limit.map(whole -> {
            Duration reserve = whole.dividedBy(RESERVED_PART);
            Duration left = whole.minusNanos(System.nanoTime() - startedAt)
                    .minus(reserve.compareTo(MOST_RESERVE) < 0 ? reserve : MOST_RESERVE);
            return left.isNegative() ? Duration.ZERO : left;
        });
    }

    /** Whether another thread than the application's comes here: the server ends the transaction on its own account. */
    boolean isForeignThread() {
        return Thread.currentThread() != startedBy;
    }
}
