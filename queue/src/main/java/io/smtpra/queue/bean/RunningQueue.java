package io.smtpra.queue.bean;

import io.smtpra.SmtpConnectionFactory;
import io.smtpra.queue.claim.MailClaims;
import io.smtpra.queue.claim.Retention;
import io.smtpra.queue.claim.RouteState;
import io.smtpra.queue.claim.RouteTable;
import io.smtpra.queue.log.QueueMessages;
import io.smtpra.queue.report.ReportIntake;
import io.smtpra.queue.report.ReportSender;
import io.smtpra.queue.report.ReturnPath;
import io.smtpra.queue.sending.LateMails;
import io.smtpra.queue.sending.OutgoingEnvelope;
import io.smtpra.queue.sending.Recorder;
import io.smtpra.queue.sending.Reports;
import io.smtpra.queue.sending.RouteWorkers;
import io.smtpra.queue.sending.SendingCounts;
import io.smtpra.queue.sending.Transactions;
import io.smtpra.queue.store.Database;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.QueueTables;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that runs between the start of an application and its end, and looks at the queue now and then. */
public final class RunningQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningQueue.class);
    private static final int REMOVED_AT_A_TIME = 500;
    private static final long STOP_LOOK_MILLIS = 20;

    private final Clock clock = Clock.systemUTC();
    private final Set<String> knownRoutes = ConcurrentHashMap.newKeySet();
    private final QueueSettings settings;
    /** That of the caller. */
    private final TransactionSynchronizationRegistry transaction;
    private final DataSource dataSource;
    private final Transactions transactions;
    private final Database database;
    private final Recorder recorder;
    private final RouteWorkers workers;
    private final LateMails lateMails;
    private final MailInsertion insertion;
    private final Optional<ReportIntake> intake;
    private final QueueManagement management;
    private final ScheduledFuture<?> looking;
    private volatile boolean closing;

    /**
     * Starts.
     *
     * @throws IllegalStateException with one message for the administrator if something is missing
     */
    RunningQueue(QueueSettings settings, NewTransaction newTransaction,
            TransactionSynchronizationRegistry transaction, Consumer<Object> events, String application,
            ManagedExecutorService executor, ManagedScheduledExecutorService scheduler) {
        this.settings = settings;
        this.transaction = transaction;
        dataSource = find(settings.dataSource(), DataSource.class).orElseThrow(
                () -> new IllegalStateException(
                        QueueMessages.LOG.noDataSource(Setting.DATA_SOURCE.property(), settings.dataSource())));
        if (factory(settings.factory()).isEmpty()) {
            throw new IllegalStateException(
                    QueueMessages.LOG.noConnectionFactory(Setting.FACTORY.property(), settings.factory()));
        }
        transactions = NewTransaction.on(newTransaction, dataSource);
        database = checkTables();
        insertion = new MailInsertion(database, settings.maxMailSize());
        SendingCounts counts = new SendingCounts(clock);
        Reports reports = new ReportSender(insertion, settings.hostName(), settings.giveUpAfter(), clock);
        recorder = new Recorder(transactions, reports, events, this::wake, counts, clock);
        Optional<ReturnPath> returnPath = settings.returnPath().map(mailbox -> new ReturnPath(mailbox, secret()));
        intake = returnPath.map(
                path -> new ReportIntake(
                        path, insertion, events, this::wakeAfterCommit, settings.giveUpAfter(), clock));
        OutgoingEnvelope envelopes = returnPath.<OutgoingEnvelope>map(path -> path::outgoing)
                .orElse((id, envelope) -> envelope);
        MailClaims claims = new MailClaims(database, dataSource);
        workers = new RouteWorkers(settings.limits(), settings.schedule(), claims, transactions, recorder,
                this::factory, envelopes, executor, clock);
        lateMails = new LateMails(claims, transactions, recorder, clock);
        management = manage(application, counts);
        long millis = settings.pollInterval().toMillis();
        looking = scheduler.scheduleWithFixedDelay(this::look, 0, millis, TimeUnit.MILLISECONDS);
        QueueMessages.LOG.started(settings.dataSource(), database, settings.factory());
    }

    /** Begins no further mail, and waits a bounded time for those that are being sent. */
    @Override
    public void close() {
        closing = true;
        looking.cancel(false);
        management.close();
        workers.stop();
        long end = System.nanoTime() + settings.shutdownTimeout().toNanos();
        while (!workers.isIdle() && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(STOP_LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (!workers.isIdle()) {
            QueueMessages.LOG.stillSending(settings.shutdownTimeout().toSeconds());
        }
    }

    QueueSettings settings() {
        return settings;
    }

    DataSource dataSource() {
        return dataSource;
    }

    MailInsertion insertion() {
        return insertion;
    }

    /** Takes reports, where there is a return path. */
    Optional<ReportIntake> intake() {
        return intake;
    }

    Clock clock() {
        return clock;
    }

    /** Something may be due. */
    void wake(String route) {
        workers.wake(route);
    }

    /** Once a transaction and route: a mail is sent as soon as the caller's transaction is committed. */
    void wakeAfterCommit(String route) {
        String key = RunningQueue.class.getName() + " " + route;
        if (transaction.getResource(key) != null) {
            return;
        }
        transaction.putResource(key, route);
        afterCommit(() -> wake(route));
    }

    /** Does something short once the caller's transaction is committed, and never if it is not. */
    void afterCommit(Runnable task) {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing to do: what belongs to the transaction is done already
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    task.run();
                }
            }
        });
    }

    /** Makes sure that a route is known to all nodes; false if there is no such connection factory here. */
    boolean know(String route) throws SQLException {
        if (knownRoutes.contains(route)) {
            return true;
        }
        if (factory(route).isEmpty()) {
            return false;
        }
        Transactions.Work<String> add = connection -> {
            RouteTable.add(connection, route);
            return route;
        };
        try {
            transactions.inNew(add);
        } catch (SQLException e) {
            // another node may have added it at the same moment: then a second try finds it
            transactions.inNew(add);
        }
        knownRoutes.add(route);
        return true;
    }

    private String secret() {
        try {
            return transactions.inNew(QueueTables::secret);
        } catch (SQLException e) {
            throw new IllegalStateException("smtp-ra queue, datasource " + settings.dataSource() + ": "
                    + e.getMessage(), e);
        }
    }

    private Database checkTables() {
        try {
            return transactions.inNew(connection -> QueueTables.check(connection, settings.createTables()));
        } catch (SQLException e) {
            throw new IllegalStateException("smtp-ra queue, datasource " + settings.dataSource() + ": "
                    + e.getMessage(), e);
        }
    }

    private QueueManagement manage(String application, SendingCounts counts) {
        try {
            return QueueManagement.register(application, transactions, settings.paused(), workers,
                    counts, clock);
        } catch (JMException e) {
            throw new IllegalStateException("smtp-ra queue: its management bean cannot be registered", e);
        }
    }

    private void look() {
        try {
            for (RouteState route : transactions.inNew(settings.paused()::routes)) {
                workers.learn(route);
                if (workers.isOpen(route.route())) {
                    workers.wake(route.route());
                } else {
                    lateMails.judge(route.route());
                }
            }
            management.logLastMinute();
            recorder.fireAgain(database);
            removeOld();
        } catch (SQLException | RuntimeException e) {
            if (closing) {
                LOG.debug("smtp-ra queue: the last look ended with its application", e);
                return;
            }
            QueueMessages.LOG.lookFailed(e.toString());
            LOG.debug("smtp-ra queue", e);
        }
    }

    private void removeOld() throws SQLException {
        Instant endedBefore = clock.instant().minus(settings.retention());
        int removed;
        do {
            removed = transactions.inNew(
                    connection -> Retention.remove(connection, database, endedBefore, REMOVED_AT_A_TIME));
        } while (removed == REMOVED_AT_A_TIME);
    }

    private Optional<SmtpConnectionFactory> factory(String name) {
        return find(name, SmtpConnectionFactory.class);
    }

    private static <T> Optional<T> find(String name, Class<T> type) {
        try {
            Object found = InitialContext.doLookup(name);
            return type.isInstance(found) ? Optional.of(type.cast(found)) : Optional.empty();
        } catch (NamingException e) {
            LOG.debug("smtp-ra queue: nothing is bound at {}", name, e);
            return Optional.empty();
        }
    }
}
