package io.smtpra.queue.bean;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.queue.QueueOptions.Priority;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.RouteTable;
import io.smtpra.queue.sending.SendingCounts;
import io.smtpra.queue.sending.Transactions;
import io.smtpra.queue.store.Database;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.NewMail;
import io.smtpra.queue.store.QueueTables;
import io.smtpra.queue.store.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator sees of the queue, by the management bean and in the log. */
class QueueManagementTest {

    private static final String ROUTE = "java:/smtp/relay";
    private static final String OTHER = "java:/smtp/other";

    private final DataSource source = TestDatabase.h2();
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Clock clock = new MovedClock();
    private final SendingCounts counts = new SendingCounts(clock);
    private Instant now = Instant.parse("2026-11-28T12:00:30Z");
    private QueueManagement management;

    @BeforeEach
    void open() throws Exception {
        MailInsertion insertion = new MailInsertion(TestDatabase.inTransaction(source, connection -> {
            Database found = QueueTables.check(connection, true);
            RouteTable.add(connection, ROUTE);
            RouteTable.add(connection, OTHER);
            return found;
        }), 1_000);
        Envelope envelope = Envelope.from("a@example.com").to("b@example.org").build();
        TestDatabase.inTransaction(source, connection -> insertion.insert(connection, new NewMail(envelope, ROUTE,
                Priority.NORMAL, now, now, now.plusSeconds(1000), Optional.empty(), Optional.empty()),
                TestDatabase.text("x")));
        management = QueueManagement.register("test", transactions(), new PausedFactories(OTHER), null, counts, clock);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        System.setErr(standardError);
        System.clearProperty(Setting.PAUSED.property());
        management.close();
    }

    @Test
    void eachNextHopHasItsOwnFigures() throws Exception {
        counts.add(ROUTE, RecipientState.SENT);
        counts.add(ROUTE, RecipientState.SENT);
        counts.add(ROUTE, RecipientState.WAITING);
        counts.add(OTHER, RecipientState.BOUNCED);
        assertThat(management.getFactories()).as("the minute is not over")
                .allSatisfy(line -> assertThat(line).contains("last minute 0 sent, 0 deferred, 0 bounced, 0 expired"));

        now = now.plus(Duration.ofMinutes(1));
        assertThat(management.getFactories()).containsExactly(
                OTHER + ": 0 waiting, paused, last minute 0 sent, 0 deferred, 1 bounced, 0 expired",
                ROUTE + ": 1 waiting, 0 of them being sent, oldest since 2026-11-28T12:00:30Z, last minute 2 sent, "
                        + "1 deferred, 0 bounced, 0 expired");
        ObjectName name = new ObjectName("io.smtpra:type=MailQueue,application=\"test\"");
        for (List<Object> figure : List.<List<Object>>of(List.of("SentLastMinute", 2L),
                List.of("DeferredLastMinute", 1L), List.of("BouncedLastMinute", 1L), List.of("Sent", 2L),
                List.of("Waiting", 1L), List.of("Sending", 0L))) {
            assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, (String) figure.get(0)))
                    .as("%s", figure.get(0)).isEqualTo(figure.get(1));
        }
    }

    @Test
    void aMinuteThatBroughtSomethingIsALineOfTheLogForEachNextHop() {
        counts.add(ROUTE, RecipientState.SENT);
        counts.add(OTHER, RecipientState.EXPIRED);
        management.logLastMinute();
        assertThat(lines()).isEmpty();

        now = now.plus(Duration.ofMinutes(1));
        management.logLastMinute();
        management.logLastMinute();
        assertThat(lines()).hasSize(2).first().asString()
                .contains(OTHER + " last minute 0 sent, 0 deferred, 0 bounced, 1 expired; 0 waiting");
        assertThat(lines()).last().asString()
                .contains(ROUTE + " last minute 1 sent, 0 deferred, 0 bounced, 0 expired; 1 waiting");

        now = now.plus(Duration.ofMinutes(1));
        management.logLastMinute();
        assertThat(lines()).as("nothing was sent since").hasSize(2);
    }

    @Test
    void theSystemPropertyCountsWheneverItIsAsked() {
        System.setProperty(Setting.PAUSED.property(), " " + ROUTE + " ,java:/smtp/none");
        assertThat(management.getFactories()).filteredOn(line -> line.contains("paused"))
                .allSatisfy(line -> assertThat(line).startsWith(ROUTE)).hasSize(1);
        System.setProperty(Setting.PAUSED.property(), "*");
        assertThat(management.getFactories()).allSatisfy(line -> assertThat(line).contains("paused"));
        System.setProperty(Setting.PAUSED.property(), "");
        assertThat(management.getFactories()).noneSatisfy(line -> assertThat(line).contains("paused"));
    }

    private List<String> lines() {
        return log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("last minute")).toList();
    }

    private Transactions transactions() {
        return new Transactions() {
            @Override
            public <T> T inNew(Work<T> work) throws SQLException {
                try {
                    return TestDatabase.inTransaction(source, work::on);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
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
