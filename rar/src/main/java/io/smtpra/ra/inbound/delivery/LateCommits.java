package io.smtpra.ra.inbound.delivery;

import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.inbound.work.ServerWork;
import jakarta.resource.spi.XATerminator;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes commits in which a resource could not be reached: the others have committed, so a rollback would leave half
 * of it. Their senders have been asked to try again. There are no more of them than were being delivered when the
 * resource went away, for without it nothing prepares; what cannot be finished for long is left as it is.
 */
final class LateCommits {

    private static final Logger LOG = LoggerFactory.getLogger(LateCommits.class);
    private static final String WORK_NAME = "smtp-ra commit";
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MAX_ATTEMPTS = 60;

    private final XATerminator terminator;
    private final ServerThreads threads;

    LateCommits(XATerminator terminator, ServerThreads threads) {
        this.terminator = terminator;
        this.threads = threads;
    }

    /** Takes a transaction whose commit the server wants to have tried again. */
    void add(Xid xid, String mail) {
        later(xid, mail, 1, FIRST);
    }

    private void later(Xid xid, String mail, int attempt, Duration pause) {
        threads.after(pause, () -> threads.run(ServerWork.of(WORK_NAME, () -> commit(xid, mail, attempt, pause),
                rejection -> again(xid, mail, attempt, pause))));
    }

    private void commit(Xid xid, String mail, int attempt, Duration pause) {
        try {
            terminator.commit(xid, false);
            LOG.info("{}: transaction {} is committed to the end", mail, DeliveryXid.text(xid));
        } catch (XAException e) {
            if (e.errorCode == XAException.XA_RETRY) {
                again(xid, mail, attempt, pause);
            } else {
                LOG.error("{}: transaction {} cannot be committed to the end (XA error {})", mail,
                        DeliveryXid.text(xid), e.errorCode, e);
            }
        }
    }

    private void again(Xid xid, String mail, int attempt, Duration pause) {
        if (attempt < MAX_ATTEMPTS) {
            Duration next = pause.multipliedBy(2);
            later(xid, mail, attempt + 1, next.compareTo(LONGEST) < 0 ? next : LONGEST);
        } else {
            LOG.error("{}: transaction {} is still not committed to the end: one of its resources cannot be reached;"
                    + " look at what it holds in doubt", mail, DeliveryXid.text(xid));
        }
    }
}
