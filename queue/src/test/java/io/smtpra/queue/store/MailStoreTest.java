package io.smtpra.queue.store;

import static io.smtpra.queue.store.TestDatabase.inTransaction;
import static io.smtpra.queue.store.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.BodyType;
import io.smtpra.DsnNotify;
import io.smtpra.DsnReturn;
import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.OriginalRecipient;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.queue.QueueFilter;
import io.smtpra.queue.QueueOptions.Priority;
import io.smtpra.queue.QueuedMail;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.Claim;
import io.smtpra.queue.claim.ClaimedMail;
import io.smtpra.queue.claim.MailClaims;
import io.smtpra.queue.claim.MailControl;
import io.smtpra.queue.claim.MailResult;
import io.smtpra.queue.claim.MailResults;
import io.smtpra.queue.claim.Retention;
import io.smtpra.queue.claim.RouteState;
import io.smtpra.queue.claim.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables, on each database that there is. */
class MailStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String ROUTE = "java:/smtp/relay";
    private static final int MAX_OCTETS = 300_000;

    static Stream<DataSource> databases() {
        return TestDatabase.all();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void anEnvelopeComesBackWhole(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        Envelope envelope = Envelope.from("\"odd local\"@example.com").bodyType(BodyType.EIGHT_BIT_MIME).smtpUtf8(true)
                .requireTls(true).dsnReturn(DsnReturn.values()[1]).envelopeId("order+7").partial(true)
                .to(new Recipient(Mailbox.parse("jörg@example.org"), Set.of(DsnNotify.FAILURE, DsnNotify.DELAY),
                        Optional.of(new OriginalRecipient("rfc822", "j@example.org"))))
                .to("plain@example.net").build();
        insert(source, insertion, mail(envelope), "Subject: x\r\n\r\nhello");
        ClaimedMail claimed = claim(source, NOW, 10).mails().get(0);
        assertThat(claimed.envelope()).isEqualTo(envelope);
        assertThat(claimed.positions()).containsExactly(0, 1);
        assertThat(read(claimed)).isEqualTo("Subject: x\r\n\r\nhello".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aLongContentIsReadChunkByChunk(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        byte[] content = new byte[ChunkedOutput.CHUNK * 3 + 17];
        new Random(1).nextBytes(content);
        inTransaction(source, connection -> insertion.insert(connection, mail(), target -> {
            target.write(content, 0, 5);
            target.write(content[5]);
            target.write(content, 6, content.length - 6);
        }));
        ClaimedMail claimed = claim(source, NOW, 10).mails().get(0);
        assertThat(claimed.content().length()).hasValue(content.length);
        assertThat(read(claimed)).isEqualTo(content);
        assertThat(read(claimed)).as("a second time").isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aContentPastTheBoundIsRefused(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        assertThatThrownBy(() -> inTransaction(source,
                connection -> insertion.insert(connection, mail(), target -> target.write(new byte[MAX_OCTETS + 1]))))
                .isInstanceOf(ContentTooLargeException.class);
        assertThat(claim(source, NOW, 10).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aKeyIsStoredOnce(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        NewMail keyed = new NewMail(envelope(), ROUTE, Priority.NORMAL, NOW, NOW, NOW.plus(LEASE), Optional.empty(),
                Optional.of("invoice-7"));
        long first = insert(source, insertion, keyed, "one");
        assertThat(insert(source, insertion, keyed, "two")).isEqualTo(first);
        assertThat(claim(source, NOW, 10).mails()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aKeyThatAnotherTransactionHasJustStoredIsFound(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        NewMail keyed = new NewMail(envelope(), ROUTE, Priority.NORMAL, NOW, NOW, NOW.plus(LEASE), Optional.empty(),
                Optional.of("invoice-7"));
        assertThat((Object) inTransaction(source, late -> {
            // by now it sees what there is, and with some databases will see nothing newer
            late.createStatement().executeQuery("select count(*) from smtpra_queue_mail").next();
            long first = inTransaction(source, other -> insertion.insert(other, keyed, text("one")));
            return insertion.insert(late, keyed, text("two")) == first;
        })).isEqualTo(true);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsDueIsClaimedByPriorityAndAge(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        long normal = insert(source, insertion, mail(Priority.NORMAL, NOW.minusSeconds(5)), "");
        long older = insert(source, insertion, mail(Priority.NORMAL, NOW.minusSeconds(9)), "");
        long high = insert(source, insertion, mail(Priority.HIGH, NOW), "");
        long low = insert(source, insertion, mail(Priority.LOW, NOW.minusSeconds(100)), "");
        insert(source, insertion, mail(Priority.HIGH, NOW.plusMillis(1)), "");
        assertThat(claim(source, NOW, 3).mails()).extracting(ClaimedMail::id).containsExactly(high, older, normal);
        assertThat(claim(source, NOW, 3).mails()).extracting(ClaimedMail::id).containsExactly(low);
        assertThat(claim(source, NOW, 3).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aLeaseThatEndsIsTakenOver(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        long id = insert(source, insertion, mail(), "x");
        Claim dead = claim(source, NOW, 10);
        Instant later = NOW.plus(LEASE);
        assertThat(claim(source, later.minusMillis(1), 10).isEmpty()).isTrue();
        Claim taken = claim(source, later, 10);
        assertThat(taken.mails()).extracting(ClaimedMail::id).containsExactly(id);
        assertThat(record(source, dead, sent(id), later)).as("by the node that was thought dead").isEmpty();
        assertThat(state(source, id)).isEqualTo(RecipientState.WAITING);
        assertThat(record(source, taken, sent(id), later)).containsExactly(id);
        assertThat(state(source, id)).isEqualTo(RecipientState.SENT);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void severalWorkersShareWhatIsDueAndNoneGetsWhatAnotherHas(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        Set<Long> all = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            all.add(insert(source, insertion, mail(Priority.values()[i % 3], NOW), "x"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Long>>> workers = threads.invokeAll(Collections.nCopies(4, () -> {
                List<Long> sent = new ArrayList<>();
                for (Claim claim = claim(source, NOW, 7); !claim.isEmpty(); claim = claim(source, NOW, 7)) {
                    for (ClaimedMail mail : claim.mails()) {
                        sent.addAll(record(source, claim, sent(mail.id()), NOW));
                    }
                }
                return sent;
            }));
            List<Long> sent = new ArrayList<>();
            for (Future<List<Long>> worker : workers) {
                sent.addAll(worker.get());
            }
            assertThat(sent).doesNotHaveDuplicates();
            // a worker that found all locked by others has ended: what is due still is its, at the next look
            claim(source, NOW, 200).mails().forEach(mail -> sent.add(mail.id()));
            assertThat(sent).containsExactlyInAnyOrderElementsOf(all);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aDeferredMailIsDueAgain(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        Envelope two = Envelope.from("a@example.com").to("b@example.org", "c@example.org").build();
        long id = insert(source, insertion, mail(two), "x");
        Claim claim = claim(source, NOW, 10);
        Instant next = NOW.plusSeconds(300);
        Reply busy = Reply.of(451, "4.3.0", "Busy");
        record(source, claim, new MailResult(id, List.of(
                new RecipientResult(0, RecipientState.SENT, Reply.of(250, "2.0.0", "Ok"), Optional.of("Q7"),
                        Optional.of("TLSv1.3")),
                new RecipientResult(1, RecipientState.WAITING, busy, Optional.empty(), Optional.empty())),
                Optional.of(next), false, false), NOW);
        assertThat(claim(source, next.minusMillis(1), 10).isEmpty()).isTrue();
        ClaimedMail again = claim(source, next, 10).mails().get(0);
        assertThat(again.envelope().recipients()).extracting(r -> r.mailbox().toString())
                .containsExactly("c@example.org");
        assertThat(again.positions()).containsExactly(1);
        assertThat(again.attempts()).isEqualTo(1);
        QueuedMail mail = find(source, id);
        assertThat(mail.recipients().get(0).nextHopQueueId()).contains("Q7");
        assertThat(mail.recipients().get(0).ended()).contains(NOW);
        assertThat(mail.recipients().get(1).lastReply()).contains(busy);
        assertThat(mail.recipients().get(1).ended()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsReleasedIsDueAndNotCounted(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        long id = insert(source, insertion, mail(), "x");
        Claim claim = claim(source, NOW, 10);
        inTransaction(source, connection -> {
            MailResults.release(connection, claim.lease(), List.of(id), NOW);
            return id;
        });
        assertThat(claim(source, NOW, 10).mails().get(0).attempts()).isZero();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void cancelAndRetryLeaveAloneWhatIsBeingSent(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        long id = insert(source, insertion, mail(Priority.NORMAL, NOW.plusSeconds(60)), "x");
        assertThat((Object) inTransaction(source, c -> MailControl.retry(c, id, NOW))).isEqualTo(true);
        claim(source, NOW, 10);
        assertThat((Object) inTransaction(source, c -> MailControl.cancel(c, id, NOW))).isEqualTo(false);
        assertThat((Object) inTransaction(source, c -> MailControl.retry(c, id, NOW))).isEqualTo(false);
        Instant later = NOW.plus(LEASE);
        assertThat((Object) inTransaction(source, c -> MailControl.cancel(c, id, later))).isEqualTo(true);
        assertThat((Object) inTransaction(source, c -> MailControl.cancel(c, id, later))).isEqualTo(false);
        assertThat((Object) inTransaction(source, c -> MailControl.retry(c, id, later))).isEqualTo(false);
        assertThat(state(source, id)).isEqualTo(RecipientState.CANCELLED);
        assertThat(claim(source, later, 10).isEmpty()).isTrue();
        assertThat((Object) inTransaction(source, c -> MailControl.cancel(c, 12345, later))).as("no such mail")
                .isEqualTo(false);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aMailThatCannotBeReadStopsNoOther(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        long lost = insert(source, insertion, mail(), "x");
        long good = insert(source, insertion, mail(), "y");
        long odd = insert(source, insertion, mail(), "z");
        inTransaction(source, c -> {
            c.createStatement().execute("delete from smtpra_queue_content where mail_id = " + lost);
            c.createStatement().execute("update smtpra_queue_recipient set mailbox = 'nobody' where mail_id = " + odd);
            return null;
        });
        Claim claim = claim(source, NOW, 10);
        assertThat(claim.mails()).extracting(ClaimedMail::id).containsExactly(good);
        assertThat(claim.unreadable()).containsOnlyKeys(lost, odd);
        assertThat(claim.unreadable().get(lost)).contains("content is missing");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aContentThatLosesItsMiddleIsAnError(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        long id = insert(source, insertion, mail(), "x".repeat(ChunkedOutput.CHUNK * 2 + 1));
        ClaimedMail claimed = claim(source, NOW, 10).mails().get(0);
        inTransaction(source, c -> c.createStatement().execute(
                "delete from smtpra_queue_content where chunk = 1 and mail_id = " + id));
        assertThatThrownBy(() -> read(claimed)).isInstanceOf(IOException.class).hasMessageContaining("lacks chunk 1");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsLateIsFoundThoughItsNextHopRests(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        Instant soon = NOW.plusSeconds(10);
        long warned = insert(source, insertion, new NewMail(envelope(), ROUTE, Priority.NORMAL, NOW, NOW,
                NOW.plusSeconds(1000), Optional.of(soon), Optional.empty()), "x");
        insert(source, insertion, new NewMail(envelope(), ROUTE, Priority.NORMAL, NOW, NOW, NOW.plusSeconds(1000),
                Optional.empty(), Optional.empty()), "x");
        long expired = insert(source, insertion, new NewMail(envelope(), ROUTE, Priority.NORMAL, NOW, NOW, soon,
                Optional.empty(), Optional.empty()), "x");
        Claim late = inTransaction(source, c -> claims(source).late(c, ROUTE, soon, soon.plus(LEASE), 10));
        assertThat(late.mails()).extracting(ClaimedMail::id).containsExactlyInAnyOrder(warned, expired);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void listsByStateRecipientAndRoutePageByPage(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        long first = insert(source, insertion, mail(), "x");
        long second = insert(source, insertion, mail(Envelope.from("").to("other@example.net").build()), "x");
        long third = insert(source, insertion, mail(), "x");
        record(source, claim(source, NOW, 1), sent(first), NOW);
        assertThat(list(source, QueueFilter.ALL, 0, 2)).containsExactly(first, second);
        assertThat(list(source, QueueFilter.ALL, second, 2)).containsExactly(third);
        assertThat(list(source, QueueFilter.in(RecipientState.SENT), 0, 9)).containsExactly(first);
        assertThat(list(source, QueueFilter.to(Mailbox.parse("other@example.net")), 0, 9)).containsExactly(second);
        assertThat(list(source, new QueueFilter(Optional.empty(), Optional.empty(), Optional.of("java:/no")), 0, 9))
                .isEmpty();
        assertThat((Object) inTransaction(source, c -> MailLookup.find(c, 98765))).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatEndedLongAgoIsRemoved(DataSource source) throws Exception {
        MailInsertion insertion = open(source);
        long id = insert(source, insertion, mail(), "x");
        long waits = insert(source, insertion, mail(Priority.LOW, NOW), "x");
        record(source, claim(source, NOW, 1), sent(id), NOW);
        Database database = inTransaction(source, Database::of);
        assertThat((Object) inTransaction(source, c -> Retention.remove(c, database, NOW, 10))).isEqualTo(0);
        assertThat((Object) inTransaction(source, c -> Retention.remove(c, database, NOW.plusMillis(1), 10)))
                .isEqualTo(1);
        assertThat(list(source, QueueFilter.ALL, 0, 9)).containsExactly(waits);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aRouteIsPausedAndRested(DataSource source) throws Exception {
        open(source);
        for (int i = 0; i < 2; i++) {
            inTransaction(source, c -> {
                RouteTable.add(c, ROUTE);
                return null;
            });
        }
        assertThat((Object) inTransaction(source, c -> RouteTable.pause(c, ROUTE, true))).isEqualTo(true);
        assertThat((Object) inTransaction(source, c -> RouteTable.pause(c, "java:/no", true))).isEqualTo(false);
        inTransaction(source, c -> {
            RouteTable.rest(c, ROUTE, 3, NOW);
            return null;
        });
        assertThat((Object) inTransaction(source, RouteTable::all))
                .isEqualTo(List.of(new RouteState(ROUTE, true, 3, NOW)));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void missingOrForeignTablesAreNamed(DataSource source) throws Exception {
        assertThatThrownBy(() -> inTransaction(source, c -> QueueTables.check(c, false)))
                .hasMessageContaining("META-INF/smtp-ra-queue/").hasMessageContaining("smtpra.queue.create.tables");
        open(source);
        open(source);
        inTransaction(source, c -> c.createStatement().execute("update smtpra_queue_version set version = 9"));
        assertThatThrownBy(() -> inTransaction(source, c -> QueueTables.check(c, true)))
                .hasMessageContaining("have version 9").hasMessageContaining("needs 1");
    }

    private static MailInsertion open(DataSource source) throws Exception {
        return new MailInsertion(inTransaction(source, c -> QueueTables.check(c, true)), MAX_OCTETS);
    }

    private static MailClaims claims(DataSource source) throws SQLException {
        try (var connection = source.getConnection()) {
            return new MailClaims(Database.of(connection), source);
        }
    }

    private static Claim claim(DataSource source, Instant now, int limit) throws Exception {
        MailClaims claims = claims(source);
        return inTransaction(source, c -> claims.due(c, ROUTE, now, now.plus(LEASE), limit));
    }

    private static Set<Long> record(DataSource source, Claim claim, MailResult result, Instant now) throws Exception {
        return inTransaction(source, c -> MailResults.record(c, claim.lease(), List.of(result), now));
    }

    private static MailResult sent(long id) {
        return new MailResult(id, List.of(new RecipientResult(0, RecipientState.SENT, Reply.of(250, "2.0.0", "Ok"),
                Optional.empty(), Optional.empty())), Optional.empty(), false, false);
    }

    private static long insert(DataSource source, MailInsertion insertion, NewMail mail, String content)
            throws Exception {
        return inTransaction(source, c -> insertion.insert(c, mail, text(content)));
    }

    private static QueuedMail find(DataSource source, long id) throws Exception {
        return inTransaction(source, c -> MailLookup.find(c, id)).orElseThrow();
    }

    private static RecipientState state(DataSource source, long id) throws Exception {
        return find(source, id).recipients().get(0).state();
    }

    private static List<Long> list(DataSource source, QueueFilter filter, long after, int limit) throws Exception {
        return inTransaction(source, c -> MailLookup.list(c, filter, after, limit)).stream().map(QueuedMail::id)
                .toList();
    }

    private static byte[] read(ClaimedMail mail) throws IOException {
        try (InputStream stream = mail.content().open()) {
            return stream.readAllBytes();
        }
    }

    private static Envelope envelope() {
        return Envelope.from("sender@example.com").to("recipient@example.org").build();
    }

    private static NewMail mail() {
        return mail(envelope());
    }

    private static NewMail mail(Envelope envelope) {
        return new NewMail(envelope, ROUTE, Priority.NORMAL, NOW, NOW, NOW.plus(Duration.ofDays(5)), Optional.empty(),
                Optional.empty());
    }

    private static NewMail mail(Priority priority, Instant due) {
        return new NewMail(envelope(), ROUTE, priority, NOW, due, NOW.plus(Duration.ofDays(5)), Optional.empty(),
                Optional.empty());
    }
}
