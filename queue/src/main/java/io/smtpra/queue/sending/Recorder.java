package io.smtpra.queue.sending;

import io.smtpra.queue.MailBounced;
import io.smtpra.queue.MailDeferred;
import io.smtpra.queue.MailExpired;
import io.smtpra.queue.MailSent;
import io.smtpra.queue.QueuedRecipient;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.MailResult;
import io.smtpra.queue.claim.MailResults;
import io.smtpra.queue.log.QueueMessages;
import io.smtpra.queue.store.Database;
import io.smtpra.queue.store.EventKind;
import io.smtpra.queue.store.PendingEvents;
import io.smtpra.queue.store.RecipientResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Records how attempts ended, together with the reports that they call for and the events that tell of them, all in one
 * transaction. An observer that throws does not undo what the next hop has said: then the result is recorded alone, and
 * the event is fired again later.
 */
public final class Recorder {

    private static final Duration EVENTS_AGAIN = Duration.ofMinutes(1);
    private static final int EVENTS_AT_A_TIME = 50;

    private final Transactions transactions;
    private final Reports reports;
    private final Consumer<Object> events;
    private final Consumer<String> wake;
    private final SendingCounts counts;
    private final Clock clock;

    /**
     * With all that it needs.
     *
     * @param transactions its own
     * @param reports tells senders
     * @param events tells the application
     * @param wake is told the route for which a report was queued, once that is committed
     * @param counts what is counted
     * @param clock the time
     */
    public Recorder(Transactions transactions, Reports reports, Consumer<Object> events, Consumer<String> wake,
            SendingCounts counts, Clock clock) {
        this.transactions = transactions;
        this.reports = reports;
        this.events = events;
        this.wake = wake;
        this.counts = counts;
        this.clock = clock;
    }

    /** Records attempts of one claim. */
    void record(long lease, List<Attempt> attempts) throws SQLException {
        if (attempts.isEmpty()) {
            return;
        }
        try {
            write(lease, attempts, true);
        } catch (ObserverException e) {
            for (Attempt attempt : attempts) {
                recordAlone(lease, attempt);
            }
        }
    }

    /**
     * Fires again what an observer has thrown back.
     *
     * @param database which
     * @throws SQLException if the database refuses
     */
    public void fireAgain(Database database) throws SQLException {
        List<Long> ids = transactions.inNew(
                connection -> {
                    List<Long> due = PendingEvents.due(connection, database, clock.instant(), EVENTS_AT_A_TIME);
                    for (Long id : due) {
                        // another try later, should this one fail
                        PendingEvents.postpone(connection, id, Optional.of(clock.instant().plus(EVENTS_AGAIN)));
                    }
                    return due;
                });
        for (Long id : ids) {
            try {
                transactions.inNew(connection -> {
                    PendingEvents.take(connection, id).forEach((kind, recipients) -> fire(id, kind, recipients));
                    return id;
                });
            } catch (ObserverException e) {
                QueueMessages.LOG.eventNotTaken(id, e.getCause().toString());
            }
        }
    }

    private void recordAlone(long lease, Attempt attempt) throws SQLException {
        try {
            write(lease, List.of(attempt), true);
        } catch (ObserverException e) {
            QueueMessages.LOG.eventNotTaken(attempt.mail().id(), e.getCause().toString());
            write(lease, List.of(attempt), false);
        }
    }

    private void write(long lease, List<Attempt> attempts, boolean withEvents) throws SQLException {
        // as the table keeps it, so that an event and a later look say the same
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<MailResult> results = attempts.stream().map(Attempt::result).toList();
        Set<Long> ours = transactions.inNew(connection -> {
            Set<Long> recorded = MailResults.record(connection, lease, results, now);
            for (Attempt attempt : attempts) {
                if (recorded.contains(attempt.mail().id())) {
                    report(connection, attempt);
                    if (withEvents) {
                        tell(attempt, now);
                    } else {
                        PendingEvents.keep(connection, attempt.mail().id(), attempt.result().recipients(),
                                now.plus(EVENTS_AGAIN));
                    }
                } else {
                    QueueMessages.LOG.sentTwice(attempt.mail().id());
                }
            }
            return recorded;
        });
        for (Attempt attempt : attempts) {
            if (ours.contains(attempt.mail().id())) {
                String route = attempt.mail().route();
                attempt.result().recipients().forEach(recipient -> counts.add(route, recipient.state()));
                if (attempt.isReported()) {
                    // a report leaves at once, and not at the next look at the queue
                    wake.accept(route);
                }
            }
        }
    }

    private void report(Connection connection, Attempt attempt) throws SQLException {
        List<RecipientResult> failed = attempt.failed();
        if (!failed.isEmpty()) {
            reports.report(connection, attempt.mail(), failed, Reports.Reason.FAILED);
        }
        if (attempt.late()) {
            reports.report(connection, attempt.mail(), attempt.result().recipients().stream()
                    .filter(result -> result.state() == RecipientState.WAITING).toList(), Reports.Reason.DELAYED);
        }
    }

    private void tell(Attempt attempt, Instant now) {
        Map<EventKind, List<QueuedRecipient>> told = attempt.result().recipients().stream()
                .filter(result -> EventKind.of(result.state()).isPresent())
                .collect(Collectors.groupingBy(result -> EventKind.of(result.state()).orElseThrow(),
                        () -> new EnumMap<>(EventKind.class),
                        Collectors.mapping(result -> queued(attempt, result, now), Collectors.toList())));
        told.forEach((kind, recipients) -> fire(attempt.mail().id(), kind, recipients));
    }

    private static QueuedRecipient queued(Attempt attempt, RecipientResult result, Instant now) {
        int index = attempt.mail().positions().indexOf(result.position());
        return new QueuedRecipient(
                attempt.mail().envelope().recipients().get(index),
                result.state(),
                attempt.mail().attempts() + 1,
                Optional.of(result.reply()),
                result.nextHopQueueId(),
                result.tls(),
                result.state() == RecipientState.WAITING ? Optional.empty() : Optional.of(now));
    }

    private void fire(long id, EventKind kind, List<QueuedRecipient> recipients) {
        Object event = switch (kind) {
            case SENT -> new MailSent(id, recipients);
            case DEFERRED -> new MailDeferred(id, recipients);
            case BOUNCED -> new MailBounced(id, recipients);
            case EXPIRED -> new MailExpired(id, recipients);
        };
        try {
            events.accept(event);
        } catch (RuntimeException e) {
            throw new ObserverException(e);
        }
    }

    /** An observer threw: what it belongs to must be rolled back, its own changes first of all. */
    private static final class ObserverException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ObserverException(RuntimeException cause) {
            super(cause);
        }
    }
}
