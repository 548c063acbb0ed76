package io.smtpra.queue.sending;

import io.smtpra.Envelope;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.event.MailLogKeys;
import io.smtpra.queue.claim.Claim;
import io.smtpra.queue.claim.ClaimedMail;
import io.smtpra.queue.claim.MailResults;
import io.smtpra.queue.log.QueueMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sends the mails of one claim, one after another over one connection, and has the results recorded. */
final class ClaimSender {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimSender.class);
    private static final int RETURN_AFTER_SECONDS = 1;

    /** How a batch ended. */
    enum End {
        /** Each was tried. */
        DONE,
        /** Some are due still: their lease did not suffice, or the queue stops. */
        SOME_LEFT,
        /** The next hop failed as a whole; what was not tried is due still. */
        NEXT_HOP_FAILED
    }

    private final SendingLimits limits;
    private final RetrySchedule schedule;
    private final SenderDomains senders;
    private final Transactions transactions;
    private final Recorder recorder;
    private final Clock clock;
    private final OutgoingEnvelope envelopes;
    private final BooleanSupplier stopping;

    ClaimSender(SendingLimits limits, RetrySchedule schedule, SenderDomains senders, Transactions transactions,
            Recorder recorder, OutgoingEnvelope envelopes, Clock clock, BooleanSupplier stopping) {
        this.limits = limits;
        this.schedule = schedule;
        this.senders = senders;
        this.transactions = transactions;
        this.recorder = recorder;
        this.clock = clock;
        this.envelopes = envelopes;
        this.stopping = stopping;
    }

    /**
     * Sends.
     *
     * @return how it ended; what was not tried was given back
     * @throws SQLException if the database refuses; what was not recorded is sent again when the lease has ended
     */
    End send(Claim claim, SmtpConnectionFactory factory) throws SQLException {
        List<Attempt> done = new ArrayList<>();
        List<Long> untried = new ArrayList<>();
        List<Long> postponed = new ArrayList<>();
        setAside(claim);
        boolean failed = false;
        Instant kept = clock.instant();
        try (Session session = new Session(factory)) {
            for (ClaimedMail mail : claim.mails()) {
                if (failed || stopping.getAsBoolean() || !leaseSuffices(claim)) {
                    untried.add(mail.id());
                } else if (!senders.begin(mail.envelope().reversePath())) {
                    postponed.add(mail.id());
                } else {
                    MDC.put(MailLogKeys.QUEUED, Long.toString(mail.id()));
                    try {
                        failed = attempt(session, claim, mail, done);
                    } finally {
                        MDC.remove(MailLogKeys.QUEUED);
                        senders.end(mail.envelope().reversePath());
                    }
                    if (clock.instant().isAfter(kept.plus(limits.recordAfter()))) {
                        recorder.record(claim.lease(), done);
                        done.clear();
                        kept = clock.instant();
                    }
                }
            }
        }
        recorder.record(claim.lease(), done);
        release(claim, untried, clock.instant());
        release(claim, postponed, clock.instant().plusSeconds(RETURN_AFTER_SECONDS));
        if (failed) {
            return End.NEXT_HOP_FAILED;
        }
        return untried.isEmpty() ? End.DONE : End.SOME_LEFT;
    }

    /** A mail whose lease ends while it is being sent would be sent by another node as well. */
    private boolean leaseSuffices(Claim claim) {
        return clock.instant().plus(limits.sendTimeout()).isBefore(claim.until());
    }

    private boolean attempt(Session session, Claim claim, ClaimedMail mail, List<Attempt> done) {
        AttemptOutcome outcome;
        try {
            Envelope envelope = envelopes.of(mail.id(), mail.envelope());
            outcome = AttemptOutcome.of(mail, session.connection().send(envelope, mail.content()));
        } catch (SmtpException e) {
            LOG.debug("smtp-ra queue: mail {} was not sent", mail.id(), e);
            outcome = judge(mail, e);
        } catch (RuntimeException e) {
            // a fault in a driver or in the adapter is this mail's alone: what was sent before it must be recorded
            QueueMessages.LOG.notSent(mail.id(), e);
            outcome = AttemptOutcome.of(mail, new SmtpException(SmtpException.Phase.PREPARE, e.toString(), true, e));
        }
        Instant now = clock.instant();
        // nobody knows whether it was taken: as with a node that was killed, the lease decides when it goes again
        Instant again = outcome.unknown() ? claim.until() : now.plus(schedule.after(mail.attempts() + 1));
        done.add(Attempt.ended(mail, outcome.results(), again, now));
        return outcome.nextHopFailed();
    }

    /** Whether it was the next hop or the database that failed: the content is read once more to know. */
    private static AttemptOutcome judge(ClaimedMail mail, SmtpException failure) {
        if (failure.phase() == SmtpException.Phase.PREPARE || failure.phase() == SmtpException.Phase.DATA) {
            try (InputStream content = mail.content().open()) {
                content.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                QueueMessages.LOG.contentNotRead(mail.id(), e);
                return AttemptOutcome.unreadable(mail.positions(), e.getMessage());
            }
        }
        return AttemptOutcome.of(mail, failure);
    }

    private void setAside(Claim claim) throws SQLException {
        for (Map.Entry<Long, String> mail : claim.unreadable().entrySet()) {
            QueueMessages.LOG.setAside(mail.getKey(), mail.getValue());
            transactions.inNew(connection -> {
                MailResults.setAside(connection, claim.lease(), mail.getKey(),
                        AttemptOutcome.unreadable(mail.getValue()));
                return mail;
            });
        }
    }

    private void release(Claim claim, List<Long> ids, Instant due) throws SQLException {
        if (!ids.isEmpty()) {
            transactions.inNew(connection -> {
                MailResults.release(connection, claim.lease(), ids, due);
                return ids;
            });
        }
    }

    /** A connection from the pool, taken at the first mail. */
    private static final class Session implements AutoCloseable {
        private final SmtpConnectionFactory factory;
        private SmtpConnection connection;

        Session(SmtpConnectionFactory factory) {
            this.factory = factory;
        }

        SmtpConnection connection() throws SmtpException {
            if (connection == null) {
                connection = factory.getConnection();
            }
            return connection;
        }

        @Override
        public void close() {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
