package io.smtpra.ra.inbound.delivery;

import io.smtpra.ra.inbound.delivery.PendingDecisions.Decision;
import io.smtpra.ra.inbound.work.ServerContracts;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.inbound.work.ServerWork;
import io.smtpra.ra.log.DeliveryMessages;
import jakarta.resource.spi.XATerminator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends imported transactions that could not be ended at once, and tries until it is done. Where a commit has been decided
 * and a resource could not be reached, others have committed: it is committed. What a crash has left prepared without a
 * decision is rolled back: its sender has not heard 250, and tries again.
 */
final class TransactionRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionRecovery.class);
    private static final String WORK_NAME = "smtp-ra recovery";
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Of the attempts to end one transaction, the log shows the first, and each that has this number of others before. */
    private static final int ATTEMPTS_PER_LOG_LINE = 60;

    private final XATerminator terminator;
    private final ServerThreads threads;
    private final PendingDecisions decisions;
    private final Object oneAtATime = new Object();
    private final Map<DeliveryXid, Integer> attempts = new HashMap<>();
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    private Duration pause = FIRST;
    private boolean stopped;
    /** Whether what an earlier process has left is not all listed and ended yet. */
    private boolean scanWanted = true;

    TransactionRecovery(ServerContracts server, ServerThreads threads) {
        this.terminator = server.terminator();
        this.threads = threads;
        this.decisions = new PendingDecisions(server.dataDirectory().map(data -> data.resolve("smtp-ra-transactions")));
    }

    /** Ends what an earlier run has left, in the calling thread; what cannot be ended is tried again later. */
    void recover() {
        round();
    }

    /** A transaction whose commit has been decided and did not reach all of its resources. */
    void commitLater(DeliveryXid xid) {
        decisions.add(xid, Decision.COMMIT);
        again(FIRST);
    }

    /** A transaction that could not be rolled back. */
    void rollBackLater(DeliveryXid xid) {
        decisions.add(xid, Decision.ROLLBACK);
        again(FIRST);
    }

    /** Tries no more; what is left is known to whoever comes next. */
    synchronized void stop() {
        stopped = true;
        next.ifPresent(timer -> timer.cancel(false));
    }

    private synchronized void again(Duration in) {
        next.ifPresent(timer -> timer.cancel(false));
        if (!stopped) {
            pause = in;
            next = Optional.of(threads.after(in, () -> threads.run(
                    ServerWork.of(WORK_NAME, this::round, rejection -> again(longer(in))))));
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    private void round() {
        synchronized (oneAtATime) {
            Duration before = currentPause();
            // First what the server still has in memory: a scan makes it read that anew, and not every resource comes back.
            boolean done = endAll(decisions.all());
            if (scanWanted) {
                Optional<List<Xid>> inDoubt = scan();
                scanWanted = inDoubt.isEmpty();
                done = !scanWanted && endAll(leftOpen(inDoubt.get()));
                scanWanted |= !done;
            }
            if (!done) {
                again(longer(before));
            }
        }
    }

    /** What is to be ended after a scan: what was decided, and by a rollback what an earlier process has left undecided. */
    private Map<DeliveryXid, Decision> leftOpen(List<Xid> inDoubt) {
        Map<DeliveryXid, Decision> open = decisions.all();
        inDoubt.stream().filter(DeliveryXid::isOfEarlierProcess)
                .forEach(xid -> open.putIfAbsent(DeliveryXid.of(xid), Decision.ROLLBACK));
        return open;
    }

    private boolean endAll(Map<DeliveryXid, Decision> open) {
        boolean done = true;
        for (Map.Entry<DeliveryXid, Decision> transaction : open.entrySet()) {
            done &= end(transaction.getKey(), transaction.getValue());
        }
        return done;
    }

    private synchronized Duration currentPause() {
        Duration before = pause;
        pause = FIRST;
        return before;
    }

    /** What is in doubt, what is under way just now among it; absent if that cannot be told for now. */
    private Optional<List<Xid>> scan() {
        boolean scanning = true;
        try {
            Xid[] inDoubt = terminator.recover(XAResource.TMSTARTRSCAN);
            return Optional.of(Stream.ofNullable(inDoubt).flatMap(Stream::of).toList());
        } catch (XAException e) {
            // Another adapter in this server scans just now, and ends its scan itself.
            scanning = e.errorCode != XAException.XAER_PROTO;
            DeliveryMessages.LOG.inDoubtNotListed(e.errorCode, e);
            return Optional.empty();
        } finally {
            if (scanning) {
                endScan();
            }
        }
    }

    /** A scan that is left open keeps the server from another one until it starts anew. */
    private void endScan() {
        try {
            terminator.recover(XAResource.TMENDRSCAN);
        } catch (XAException e) {
            LOG.debug("A scan for transactions in doubt could not be ended (XA error {})", e.errorCode, e);
        }
    }

    /** Ends a transaction; false if it has to be tried again. */
    private boolean end(DeliveryXid xid, Decision decision) {
        try {
            if (decision == Decision.COMMIT) {
                terminator.commit(xid, false);
            } else {
                terminator.rollback(xid);
            }
            DeliveryMessages.LOG.endedLate(xid, decision);
        } catch (XAException e) {
            if (!hasEnded(xid, decision, e)) {
                return false;
            }
        }
        attempts.remove(xid);
        decisions.remove(xid);
        return true;
    }

    private boolean hasEnded(DeliveryXid xid, Decision decision, XAException e) {
        if (e.errorCode == XAException.XAER_NOTA && !scanWanted) {
            LOG.debug("Transaction {} has been ended by somebody else", xid);
            return true;
        }
        if (XaErrors.isHeuristic(e)) {
            DeliveryMessages.LOG.heuristic(xid, decision, e.errorCode, e);
            forget(xid);
            return true;
        }
        if (XaErrors.isRolledBack(e)) {
            if (decision == Decision.COMMIT) {
                DeliveryMessages.LOG.rolledBackInstead(xid, e.errorCode, e);
            }
            return true;
        }
        if (e.errorCode != XAException.XAER_NOTA
                && (attempts.merge(xid, 1, Integer::sum) - 1) % ATTEMPTS_PER_LOG_LINE == 0) {
            DeliveryMessages.LOG.notEndedYet(xid, decision, e.errorCode, e);
        }
        return false;
    }

    /** The server keeps a transaction whose resources have decided on their own until it is told to forget it. */
    private void forget(DeliveryXid xid) {
        try {
            terminator.forget(xid);
        } catch (XAException e) {
            LOG.debug("The server does not forget transaction {} (XA error {})", xid, e.errorCode, e);
        }
    }
}
