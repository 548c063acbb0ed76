package io.smtpra.queue.sending;

import io.smtpra.Envelope;
import io.smtpra.queue.QueueOptions.Priority;
import io.smtpra.queue.QueuedMail;
import io.smtpra.queue.claim.ClaimedMail;
import io.smtpra.queue.claim.MailClaims;
import io.smtpra.queue.claim.RouteTable;
import io.smtpra.queue.store.Database;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.MailLookup;
import io.smtpra.queue.store.NewMail;
import io.smtpra.queue.store.QueueTables;
import io.smtpra.queue.store.RecipientResult;
import io.smtpra.queue.store.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A queue in H2 with a clock that a test moves, one next hop, and workers that run in the test's own thread. */
final class TestQueue {

    static final String ROUTE = "java:/smtp/relay";
    static final Duration LEASE = Duration.ofMinutes(10);
    static final Duration LIFE = Duration.ofDays(5);

    final List<Object> events = new ArrayList<>();
    /** What reports consist of; where it is absent none is queued. */
    Optional<String> reportContent = Optional.empty();
    final List<String> reports = new ArrayList<>();
    Consumer<Object> observer = events::add;
    private final FailingDataSource source = new FailingDataSource(TestDatabase.h2());
    private final Database database;
    private final MailInsertion insertion;
    final RouteWorkers workers;
    final Recorder recorder;
    private final LateMails lateMails;
    final SendingCounts counts = new SendingCounts(new MovedClock());
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");

    TestQueue(ScriptedNextHop nextHop) throws SQLException, IOException {
        this(nextHop, new SendingLimits(50, 2, 4, 0, LEASE, Duration.ofMinutes(1), Duration.ofSeconds(5)));
    }

    TestQueue(ScriptedNextHop nextHop, SendingLimits limits) throws SQLException, IOException {
        database = TestDatabase.inTransaction(source.source(), connection -> {
            Database found = QueueTables.check(connection, true);
            RouteTable.add(connection, ROUTE);
            return found;
        });
        insertion = new MailInsertion(database, 1_000_000);
        recorder = new Recorder(this::inNew, this::report, event -> observer.accept(event), this::wake, counts,
                new MovedClock());
        MailClaims claims = new MailClaims(database, source.source());
        lateMails = new LateMails(claims, this::inNew, recorder, new MovedClock());
        workers = new RouteWorkers(limits, new RetrySchedule(Duration.ofMinutes(5), Duration.ofSeconds(4000)),
                claims, this::inNew, recorder, route -> Optional.of(nextHop),
                (id, envelope) -> envelope, Runnable::run, new MovedClock());
    }

    long enqueue(Envelope envelope) throws SQLException, IOException {
        return enqueue(envelope, "Subject: x\r\n\r\nhello\r\n");
    }

    long enqueue(Envelope envelope, String content) throws SQLException, IOException {
        NewMail mail = new NewMail(envelope, ROUTE, Priority.NORMAL, now, now, now.plus(LIFE),
                Optional.of(now.plus(Duration.ofHours(4))), Optional.empty());
        return TestDatabase.inTransaction(source.source(),
                connection -> insertion.insert(connection, mail, TestDatabase.text(content)));
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** As the regular look does with a route that is not tried. */
    void judgeLate() throws SQLException {
        lateMails.judge(ROUTE);
    }

    Instant now() {
        return now;
    }

    private void wake(String route) {
        workers.wake(route);
    }

    void look() {
        workers.wake(ROUTE);
    }

    /** From now on the n-th statement fails, once; 0 for none. */
    void failAt(int statement) {
        source.failAt(statement);
    }

    /** Whether it has failed. */
    boolean hasFailed() {
        return source.hasFailed();
    }

    void fireAgain() throws SQLException {
        recorder.fireAgain(database);
    }

    QueuedMail find(long id) throws SQLException, IOException {
        return TestDatabase.inTransaction(source.source(), connection -> MailLookup.find(connection, id)).orElseThrow();
    }

    void execute(String sql) throws SQLException, IOException {
        TestDatabase.inTransaction(source.source(), connection -> connection.createStatement().execute(sql));
    }

    private <T> T inNew(Transactions.Work<T> work) throws SQLException {
        try (Connection connection = source.source().getConnection()) {
            connection.setAutoCommit(false);
            try {
                T value = work.on(connection);
                connection.commit();
                return value;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private void report(Connection connection, ClaimedMail mail,
            List<RecipientResult> recipients, Reports.Reason reason) throws SQLException {
        if (reportContent.isPresent()) {
            NewMail report = NewMail.dueNow(Envelope.from("").to("a@example.com").build(), ROUTE, now, LIFE);
            try {
                insertion.insert(connection, report, TestDatabase.text(reportContent.get()));
            } catch (IOException e) {
                throw new SQLException(e);
            }
        }
        reports.add(reason + " " + mail.id() + " " + recipients.stream().map(r -> r.reply().code()).toList());
    }

    /** Shows the time that the test has set. */
    private final class MovedClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
