package io.smtpra.queue.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.queue.MailBounced;
import io.smtpra.queue.QueueFilter;
import io.smtpra.queue.QueueOptions.Priority;
import io.smtpra.queue.QueuedMail;
import io.smtpra.queue.QueuedRecipient;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.report.ReportIntake.Result;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.MailLookup;
import io.smtpra.queue.store.NewMail;
import io.smtpra.queue.store.QueueTables;
import io.smtpra.queue.store.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports as other servers shape them, come back for mail that was sent. */
class ReportIntakeTest {

    private static final Mailbox BOUNCE = Mailbox.parse("bounce@example.com");
    private static final Duration LIFE = Duration.ofDays(5);

    private final DataSource source = TestDatabase.h2();
    private final List<Object> events = new ArrayList<>();
    private final List<String> queued = new ArrayList<>();
    private ReturnPath returnPath;
    private MailInsertion insertion;

    @BeforeEach
    void open() throws Exception {
        insertion = new MailInsertion(
                TestDatabase.inTransaction(source, connection -> QueueTables.check(connection, true)), 1_000_000);
        String secret = TestDatabase.inTransaction(source, QueueTables::secret);
        assertThat(secret).hasSize(64).isEqualTo(TestDatabase.inTransaction(source, QueueTables::secret));
        returnPath = new ReturnPath(BOUNCE, secret);
    }

    @ParameterizedTest
    @CsvSource({
        "postfix, RECORDED, 5.1.1, Recipient address rejected: User unknown",
        "exchange-online, RECORDED, 5.1.10, RecipientNotFound",
        "gmail, RECORDED, 5.1.1, The email account that you tried to reach does not exist.",
        "qmail, RECORDED, 5.1.1, no mailbox here by that name",
        "old-exchange, RECORDED, 5.0.0, mailbox unavailable",
        "delayed, NOTHING_NEW, -, -",
        "vacation, NOT_OURS, -, -"
    })
    void eachShapeIsRead(String file, Result result, String status, String reason) throws Exception {
        long id = sent("shop@example.com", "customer@example.org");
        assertThat(take(file, address(id))).isEqualTo(result);
        QueuedRecipient recipient = find(id).recipients().get(0);
        if (result != Result.RECORDED) {
            assertThat(recipient.state()).isEqualTo(RecipientState.SENT);
            assertThat(events).isEmpty();
            return;
        }
        assertThat(recipient.state()).isEqualTo(RecipientState.BOUNCED);
        assertThat(recipient.lastReply().orElseThrow().toString()).startsWith("550 " + status).contains(reason);
        assertThat(events).containsExactly(new MailBounced(id, find(id).recipients()));
        assertThat(take(file, address(id))).as("a second time").isEqualTo(Result.NOTHING_NEW);
        assertThat(events).hasSize(1);
    }

    @Test
    void itIsPassedOnToWhoHadTheReversePathBefore() throws Exception {
        long id = sent("shop@example.com", "customer@example.org");
        take("postfix", address(id));
        assertThat(queued).as("it leaves at once").containsExactly("java:/smtp/relay");
        List<QueuedMail> mails = TestDatabase.inTransaction(source,
                connection -> MailLookup.list(connection, QueueFilter.in(RecipientState.WAITING), 0, 10));
        assertThat(mails).singleElement().satisfies(mail -> {
            assertThat(mail.reversePath()).isEmpty();
            assertThat(mail.recipients().get(0).recipient().mailbox()).hasToString("shop@example.com");
        });
    }

    @Test
    void itIsNotPassedOnToTheReturnPathItself() throws Exception {
        long id = sent("bounce@example.com", "customer@example.org");
        assertThat(take("postfix", address(id))).isEqualTo(Result.RECORDED);
        assertThat(TestDatabase.<List<QueuedMail>>inTransaction(source,
                connection -> MailLookup.list(connection, QueueFilter.in(RecipientState.WAITING), 0, 10))).isEmpty();
    }

    @Test
    void theEnvelopeIdTellsTheMailToo() throws Exception {
        long id = sent("shop@example.com", "customer@example.org");
        String envelopeId = returnPath.outgoing(id, envelope("shop@example.com", "x@example.org")).envelopeId()
                .orElseThrow();
        String report = read("postfix").replace("ENVELOPE_ID", envelopeId);
        assertThat(takeText(report, BOUNCE)).isEqualTo(Result.RECORDED);
        assertThat(find(id).recipients().get(0).state()).isEqualTo(RecipientState.BOUNCED);
    }

    @Test
    void ofSeveralRecipientsTheOneThatIsNamedHasBounced() throws Exception {
        long id = sent("shop@example.com", "friend@example.org", "CUSTOMER@example.org");
        take("exchange-online", address(id));
        assertThat(find(id).recipients()).extracting(QueuedRecipient::state)
                .containsExactly(RecipientState.SENT, RecipientState.SENT);
        long same = sent("shop@example.com", "friend@example.org", "customer@example.org");
        take("postfix", address(same));
        assertThat(find(same).recipients()).extracting(QueuedRecipient::state)
                .containsExactly(RecipientState.SENT, RecipientState.BOUNCED);
    }

    @Test
    void whatIsMadeUpChangesNothing() throws Exception {
        long id = sent("shop@example.com", "customer@example.org");
        String real = address(id).localPart();
        for (String local : List.of(
                "bounce",
                "bounce+",
                "bounce+1",
                real.substring(0, real.length() - 1) + (real.endsWith("0") ? "1" : "0"),
                real.replaceFirst("\\+[0-9a-z]+-", "+zz-"),
                "bounce+zzzzzzzzzzzzz-000000000000")) {
            assertThat(take("postfix", new Mailbox(local, "example.com"))).as(local).isEqualTo(Result.NOT_OURS);
        }
        assertThat(take("postfix", new Mailbox(real, "example.org"))).as("another domain").isEqualTo(Result.NOT_OURS);
        assertThat(take("postfix", new Mailbox(real.toUpperCase(Locale.ROOT), "EXAMPLE.com")))
                .as("only the case differs").isEqualTo(Result.RECORDED);
    }

    @Test
    void aMailWithTheNullReversePathKeepsIt() {
        Envelope envelope = Envelope.from("").to("customer@example.org").build();
        assertThat(returnPath.outgoing(7, envelope)).isEqualTo(envelope);
        Envelope own = Envelope.from("shop@example.com").envelopeId("mine").to("customer@example.org").build();
        assertThat(returnPath.outgoing(7, own).envelopeId()).contains("mine");
    }

    private Mailbox address(long id) {
        return returnPath.outgoing(id, envelope("shop@example.com", "customer@example.org")).reversePath()
                .orElseThrow();
    }

    private long sent(String from, String... to) throws Exception {
        Instant now = Instant.now();
        return TestDatabase.inTransaction(source, connection -> {
            long id = insertion.insert(connection, new NewMail(envelope(from, to), "java:/smtp/relay", Priority.NORMAL,
                    now, now, now.plus(LIFE), Optional.empty(), Optional.empty()), TestDatabase.text("Subject: x\r\n"));
            connection.createStatement().execute(
                    "update smtpra_queue_recipient set state = 'SENT' where mail_id = " + id);
            return id;
        });
    }

    private static Envelope envelope(String from, String... to) {
        return Envelope.from(from).to(to).build();
    }

    private QueuedMail find(long id) throws SQLException, IOException {
        return TestDatabase.inTransaction(source, connection -> MailLookup.find(connection, id)).orElseThrow();
    }

    private Result take(String file, Mailbox to) throws Exception {
        return takeText(read(file), to);
    }

    private Result takeText(String report, Mailbox to) throws Exception {
        ReportIntake intake =
                new ReportIntake(returnPath, insertion, events::add, queued::add, LIFE, Clock.systemUTC());
        return TestDatabase.inTransaction(source, connection -> intake.take(connection, new Report(report, to)));
    }

    private static String read(String file) throws IOException {
        try (InputStream stream = ReportIntakeTest.class.getResourceAsStream("/reports/" + file + ".eml")) {
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII).replace("\n", "\r\n");
        }
    }

    /** A report as it comes in. */
    private record Report(String text, Mailbox to) implements InboundMail {

        @Override
        public String id() {
            return "M1";
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Envelope envelope() {
            return Envelope.from("").to(to.toString()).build();
        }

        @Override
        public Peer peer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            return text.length();
        }

        @Override
        public InputStream content() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public MimeMessage message() {
            throw new UnsupportedOperationException();
        }
    }
}
