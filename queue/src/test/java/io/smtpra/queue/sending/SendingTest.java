package io.smtpra.queue.sending;

import static io.smtpra.queue.RecipientState.BOUNCED;
import static io.smtpra.queue.RecipientState.EXPIRED;
import static io.smtpra.queue.RecipientState.SENT;
import static io.smtpra.queue.RecipientState.SET_ASIDE;
import static io.smtpra.queue.RecipientState.WAITING;
import static io.smtpra.queue.sending.ScriptedNextHop.accepts;
import static io.smtpra.queue.sending.ScriptedNextHop.breaks;
import static io.smtpra.queue.sending.ScriptedNextHop.recipients;
import static io.smtpra.queue.sending.ScriptedNextHop.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.smtpra.Envelope;
import io.smtpra.Reply;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.queue.MailBounced;
import io.smtpra.queue.MailDeferred;
import io.smtpra.queue.MailExpired;
import io.smtpra.queue.MailSent;
import io.smtpra.queue.QueuedMail;
import io.smtpra.queue.QueuedRecipient;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.RouteState;
import io.smtpra.queue.sending.ScriptedNextHop.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a mail, by what the next hop does. */
class SendingTest {

    private static final Reply BUSY = Reply.of(451, "4.3.0", "Busy");
    private static final Reply UNKNOWN_USER = Reply.of(550, "5.1.1", "No such user");
    private static final Reply CLOSING = Reply.of(421, "4.3.2", "Closing");

    /** What the next hop does; the states of two recipients; the code recorded for each; whether it is left alone. */
    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("both taken", accepts(), List.of(SENT, SENT), List.of(250, 250), false),
                arguments("one unknown", recipients(ScriptedNextHop.OK, UNKNOWN_USER), List.of(SENT, BOUNCED),
                        List.of(250, 550), false),
                arguments("one later", recipients(BUSY, ScriptedNextHop.OK), List.of(WAITING, SENT),
                        List.of(451, 250), false),
                arguments("one later, one unknown", recipients(BUSY, UNKNOWN_USER), List.of(WAITING, BOUNCED),
                        List.of(451, 550), false),
                arguments("none reached", breaks(Phase.CONNECT, true), List.of(WAITING, WAITING), List.of(451, 451),
                        true),
                arguments("greets with 554", refuses(Phase.CONNECT, Reply.of(554, "5.3.2", "No")),
                        List.of(WAITING, WAITING), List.of(451, 451), true),
                arguments("TLS fails", breaks(Phase.TLS, false), List.of(WAITING, WAITING), List.of(451, 451), true),
                arguments("wrong password", refuses(Phase.AUTHENTICATE, Reply.of(535, "5.7.8", "No")),
                        List.of(WAITING, WAITING), List.of(451, 451), true),
                arguments("sender refused", refuses(Phase.MAIL, Reply.of(553, "5.1.8", "No")),
                        List.of(BOUNCED, BOUNCED), List.of(553, 553), false),
                arguments("sender refused for now", refuses(Phase.MAIL, BUSY), List.of(WAITING, WAITING),
                        List.of(451, 451), false),
                arguments("closes at MAIL", refuses(Phase.MAIL, CLOSING), List.of(WAITING, WAITING),
                        List.of(421, 421), true),
                arguments("content refused", refuses(Phase.END_OF_DATA, Reply.of(554, "5.6.0", "Spam")),
                        List.of(BOUNCED, BOUNCED), List.of(554, 554), false),
                arguments("content refused for now", refuses(Phase.END_OF_DATA, BUSY), List.of(WAITING, WAITING),
                        List.of(451, 451), false),
                arguments("breaks in the content", breaks(Phase.DATA, true), List.of(WAITING, WAITING),
                        List.of(451, 451), true),
                arguments("silent after the content", breaks(Phase.END_OF_DATA, false), List.of(WAITING, WAITING),
                        List.of(451, 451), true),
                arguments("can never be sent", breaks(Phase.PREPARE, false), List.of(BOUNCED, BOUNCED),
                        List.of(554, 554), false),
                arguments("pool exhausted", breaks(Phase.PREPARE, true), List.of(WAITING, WAITING),
                        List.of(451, 451), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void eachAnswerHasItsOutcome(String name, Answer answer, List<RecipientState> states, List<Integer> codes,
            boolean leftAlone) throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(answer, accepts());
        TestQueue queue = new TestQueue(nextHop);
        long id = queue.enqueue(two());
        queue.look();
        QueuedMail mail = queue.find(id);
        assertThat(mail.recipients()).extracting(QueuedRecipient::state).containsExactlyElementsOf(states);
        assertThat(mail.recipients()).extracting(recipient -> recipient.lastReply().orElseThrow().code())
                .containsExactlyElementsOf(codes);
        assertThat(mail.nextAttempt().isPresent()).isEqualTo(states.contains(WAITING));
        int before = nextHop.sendings;
        queue.enqueue(two());
        queue.look();
        assertThat(nextHop.sendings).as("others are sent at once, unless it is left alone")
                .isEqualTo(leftAlone ? before : before + 1);
    }

    @Test
    void whatWaitsIsTriedAgainByTheSchedule() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(refuses(Phase.MAIL, BUSY), refuses(Phase.MAIL, BUSY),
                refuses(Phase.MAIL, BUSY), refuses(Phase.MAIL, BUSY), refuses(Phase.MAIL, BUSY), accepts());
        TestQueue queue = new TestQueue(nextHop);
        long id = queue.enqueue(two());
        queue.look();
        for (int seconds : new int[] {300, 600, 1200, 2400, 4000}) {
            assertThat(queue.find(id).nextAttempt()).contains(queue.now().plusSeconds(seconds));
            int before = nextHop.sendings;
            queue.passes(Duration.ofSeconds(seconds).minusMillis(1));
            queue.look();
            assertThat(nextHop.sendings).as("too early").isEqualTo(before);
            queue.passes(Duration.ofMillis(1));
            queue.look();
            assertThat(nextHop.sendings).isEqualTo(before + 1);
        }
        assertThat(queue.find(id).recipients()).allSatisfy(recipient -> {
            assertThat(recipient.state()).isEqualTo(SENT);
            assertThat(recipient.attempts()).isEqualTo(6);
            assertThat(recipient.nextHopQueueId()).contains("Q1");
        });
    }

    @Test
    void whatMayHaveBeenTakenGoesAgainWhenItsLeaseEnds() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(breaks(Phase.END_OF_DATA, false), accepts());
        TestQueue queue = new TestQueue(nextHop);
        long id = queue.enqueue(two(), "Message-ID: <once@example.com>\r\n\r\nhello");
        Instant leaseEnd = queue.now().plus(TestQueue.LEASE);
        queue.look();
        assertThat(queue.find(id).nextAttempt()).contains(leaseEnd);
        assertThat(queue.find(id).recipients()).allSatisfy(recipient ->
                assertThat(recipient.lastReply().orElseThrow().toString()).contains("may have been taken"));
        queue.passes(TestQueue.LEASE.minusMillis(1));
        queue.look();
        assertThat(nextHop.sendings).as("too early").isEqualTo(1);
        queue.passes(Duration.ofMillis(1));
        queue.look();
        assertThat(nextHop.taken).containsExactly("Message-ID: <once@example.com>\r\n\r\nhello");
    }

    @Test
    void aReceiptThatKnowsNoAnswerIsNoSuccess() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(accepts());
        nextHop.receiptFailure = Optional.of(
                new SmtpException(Phase.END_OF_DATA, "No answer", false, new IOException("silent")));
        TestQueue queue = new TestQueue(nextHop);
        long id = queue.enqueue(two());
        queue.look();
        assertThat(queue.find(id).recipients()).extracting(QueuedRecipient::state).containsOnly(WAITING);
        assertThat(queue.find(id).nextAttempt()).contains(queue.now().plus(TestQueue.LEASE));
    }

    @Test
    void aRouteThatIsNotTriedLetsNobodyWaitWithoutAWord() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(accepts());
        TestQueue queue = new TestQueue(nextHop);
        queue.workers.learn(new RouteState(TestQueue.ROUTE, true, 0, Instant.EPOCH));
        long id = queue.enqueue(two());
        queue.judgeLate();
        assertThat(queue.reports).isEmpty();
        queue.passes(Duration.ofHours(4));
        queue.judgeLate();
        queue.judgeLate();
        assertThat(queue.reports).as("once").containsExactly("DELAYED " + id + " [451, 451]");
        assertThat(queue.find(id).recipients()).extracting(QueuedRecipient::state).containsOnly(WAITING);
        queue.passes(TestQueue.LIFE);
        queue.judgeLate();
        assertThat(queue.reports).hasSize(2).last().isEqualTo("FAILED " + id + " [451, 451]");
        assertThat(queue.find(id).recipients()).extracting(QueuedRecipient::state).containsOnly(EXPIRED);
        assertThat(queue.events).last().isInstanceOf(MailExpired.class);
        assertThat(nextHop.sendings).isZero();
    }

    @Test
    void aReportLeavesAtOnce() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(recipients(UNKNOWN_USER), accepts());
        TestQueue queue = new TestQueue(nextHop);
        queue.reportContent = Optional.of("a report");
        queue.enqueue(two());
        queue.look();
        assertThat(nextHop.taken).as("without another look").containsExactly("a report");
    }

    @Test
    void itIsGivenUpInTheEndAndTheSenderHearsWhenItIsLate() throws Exception {
        TestQueue queue = new TestQueue(new ScriptedNextHop(refuses(Phase.MAIL, BUSY)));
        long id = queue.enqueue(two());
        Instant begin = queue.now();
        queue.look();
        while (queue.now().isBefore(begin.plus(TestQueue.LIFE))) {
            queue.passes(Duration.between(queue.now(), queue.find(id).nextAttempt().orElseThrow()));
            queue.look();
        }
        assertThat(queue.now()).as("tried a last time at the very end").isEqualTo(begin.plus(TestQueue.LIFE));
        assertThat(queue.find(id).recipients()).extracting(QueuedRecipient::state).containsOnly(EXPIRED);
        assertThat(queue.reports).containsExactly("DELAYED " + id + " [451, 451]", "FAILED " + id + " [451, 451]");
        assertThat(queue.events).last().isInstanceOf(MailExpired.class);
    }

    @Test
    void eventsTellWhatBecameOfWhom() throws Exception {
        TestQueue queue = new TestQueue(new ScriptedNextHop(recipients(ScriptedNextHop.OK, UNKNOWN_USER, BUSY)));
        long id = queue.enqueue(Envelope.from("a@example.com")
                .to("b@example.org", "c@example.org", "d@example.org").build());
        queue.look();
        assertThat(queue.events).hasSize(3);
        assertThat(List.of(SENT, BOUNCED, WAITING, EXPIRED)).map(queue.counts::of).containsExactly(1L, 1L, 1L, 0L);
        queue.passes(Duration.ofMinutes(1));
        assertThat(queue.counts.inLastMinute(SENT)).isEqualTo(1);
        queue.passes(Duration.ofMinutes(1));
        assertThat(queue.counts.inLastMinute(SENT)).isZero();
        assertThat((MailSent) queue.events.get(0)).satisfies(event -> {
            assertThat(event.id()).isEqualTo(id);
            assertThat(event.recipients()).extracting(r -> r.recipient().mailbox().toString())
                    .containsExactly("b@example.org");
            assertThat(event.recipients()).isEqualTo(queue.find(id).recipients().subList(0, 1));
        });
        assertThat(queue.events.get(1)).isInstanceOf(MailDeferred.class);
        assertThat((MailBounced) queue.events.get(2)).satisfies(event ->
                assertThat(event.recipients()).extracting(r -> r.recipient().mailbox().toString())
                        .containsExactly("c@example.org"));
    }

    @Test
    void anObserverThatThrowsUndoesNothingAndIsToldAgain() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(accepts());
        TestQueue queue = new TestQueue(nextHop);
        long bad = queue.enqueue(two());
        long good = queue.enqueue(two());
        queue.observer = event -> {
            if (((MailSent) event).id() == bad) {
                throw new IllegalStateException("no such order");
            }
            queue.events.add(event);
        };
        queue.look();
        assertThat(queue.find(bad).recipients()).extracting(QueuedRecipient::state).containsOnly(SENT);
        assertThat(queue.events).extracting(event -> ((MailSent) event).id()).containsOnly(good);
        queue.events.clear();
        queue.passes(Duration.ofMinutes(1));
        queue.fireAgain();
        assertThat(queue.events).as("still not").isEmpty();
        queue.observer = queue.events::add;
        queue.passes(Duration.ofMinutes(1));
        queue.fireAgain();
        queue.passes(Duration.ofMinutes(1));
        queue.fireAgain();
        assertThat(queue.events).containsExactly(new MailSent(bad, queue.find(bad).recipients()));
        assertThat(nextHop.sendings).as("none was sent again").isEqualTo(2);
    }

    @Test
    void aNextHopThatFailsIsTriedWithOneMailAfterARest() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(
                breaks(Phase.CONNECT, true), breaks(Phase.CONNECT, true), accepts());
        TestQueue queue = new TestQueue(nextHop);
        for (int i = 0; i < 10; i++) {
            queue.enqueue(two());
        }
        queue.look();
        assertThat(nextHop.sendings).isEqualTo(1);
        queue.passes(Duration.ofSeconds(10));
        queue.look();
        assertThat(nextHop.sendings).isEqualTo(2);
        queue.passes(Duration.ofSeconds(19));
        queue.look();
        assertThat(nextHop.sendings).isEqualTo(2);
        queue.passes(Duration.ofSeconds(1));
        queue.look();
        assertThat(nextHop.taken).as("all but the two that wait for their schedule").hasSize(8);
        queue.passes(Duration.ofMinutes(10));
        queue.look();
        assertThat(nextHop.taken).hasSize(10);
    }

    @Test
    void aPausedRouteSendsNothing() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(accepts());
        TestQueue queue = new TestQueue(nextHop);
        queue.enqueue(two());
        queue.workers.learn(new RouteState(TestQueue.ROUTE, true, 0, Instant.EPOCH));
        queue.look();
        assertThat(nextHop.sendings).isZero();
        queue.workers.learn(new RouteState(TestQueue.ROUTE, false, 0, Instant.EPOCH));
        queue.look();
        assertThat(nextHop.sendings).isEqualTo(1);
    }

    @Test
    void aBatchGoesOverOneConnection() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(accepts());
        TestQueue queue = new TestQueue(nextHop);
        for (int i = 0; i < 50; i++) {
            queue.enqueue(two());
        }
        queue.look();
        assertThat(nextHop.sendings).isEqualTo(50);
        assertThat(nextHop.connections).isEqualTo(1);
    }

    @Test
    void aContentThatIsLostIsSetAsideAndStopsNoOther() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(accepts());
        TestQueue queue = new TestQueue(nextHop);
        long missing = queue.enqueue(two());
        long torn = queue.enqueue(two(), "x".repeat(200_000));
        long good = queue.enqueue(two());
        queue.execute("delete from smtpra_queue_content where mail_id = " + missing);
        queue.execute("delete from smtpra_queue_content where chunk = 1 and mail_id = " + torn);
        queue.look();
        assertThat(queue.find(good).recipients()).extracting(QueuedRecipient::state).containsOnly(SENT);
        for (long id : List.of(missing, torn)) {
            QueuedMail mail = queue.find(id);
            assertThat(mail.recipients()).extracting(QueuedRecipient::state).containsOnly(SET_ASIDE);
            assertThat(mail.recipients().get(0).lastReply().orElseThrow().text()).contains("content");
            assertThat(mail.nextAttempt()).isEmpty();
        }
    }

    @Test
    void aFaultIsOneMailsAloneAndNobodyGetsTheOthersTwice() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(accepts(), envelope -> {
            throw new IllegalStateException("a fault");
        }, accepts());
        TestQueue queue = new TestQueue(nextHop);
        List<Long> ids = List.of(queue.enqueue(two()), queue.enqueue(two()), queue.enqueue(two()));

        queue.look();

        assertThat(queue.find(ids.get(0)).recipients()).extracting(QueuedRecipient::state).containsOnly(SENT);
        assertThat(queue.find(ids.get(1)).recipients()).extracting(QueuedRecipient::state).containsOnly(WAITING);
        assertThat(queue.find(ids.get(2)).recipients()).extracting(QueuedRecipient::state).containsOnly(SENT);
        queue.passes(Duration.ofMinutes(5));
        queue.look();
        assertThat(queue.find(ids.get(1)).recipients()).extracting(QueuedRecipient::state).containsOnly(SENT);
        assertThat(nextHop.taken).hasSize(3);
    }

    @Test
    void aWorkerThatEndsWithAnErrorIsNotMissed() throws Exception {
        ScriptedNextHop nextHop = new ScriptedNextHop(envelope -> {
            throw new OutOfMemoryError("of the test");
        }, accepts());
        TestQueue queue = new TestQueue(nextHop, new SendingLimits(50, 1, 1, 0, TestQueue.LEASE,
                Duration.ofMinutes(1), Duration.ofSeconds(5)));
        long id = queue.enqueue(two());

        assertThatThrownBy(queue::look).isInstanceOf(OutOfMemoryError.class);

        assertThat(queue.workers.isIdle()).isTrue();
        queue.passes(TestQueue.LEASE);
        queue.look();
        assertThat(queue.find(id).recipients()).extracting(QueuedRecipient::state).containsOnly(SENT);
    }

    @Test
    void oneSenderDomainDoesNotHoldAll() {
        SenderDomains domains = new SenderDomains(1);
        var shop = Envelope.from("a@Shop.example.com").to("b@example.org").build().reversePath();
        var same = Envelope.from("c@shop.example.com").to("b@example.org").build().reversePath();
        assertThat(domains.begin(shop)).isTrue();
        assertThat(domains.begin(same)).isFalse();
        assertThat(domains.begin(Optional.empty())).isTrue();
        domains.end(shop);
        assertThat(domains.begin(same)).isTrue();
    }

    @Test
    void noMailIsBegunWhenItsLeaseIsNearlyOver() throws Exception {
        TestQueue[] queue = new TestQueue[1];
        ScriptedNextHop nextHop = new ScriptedNextHop(envelope -> {
            queue[0].passes(Duration.ofMinutes(4));
            return accepts().to(envelope);
        });
        queue[0] = new TestQueue(nextHop);
        for (int i = 0; i < 5; i++) {
            queue[0].enqueue(two());
        }
        queue[0].look();
        assertThat(nextHop.sendings).as("each once: what the lease did not suffice for was given back").isEqualTo(5);
        assertThat(nextHop.connections).isEqualTo(2);
    }

    private static Envelope two() {
        return Envelope.from("sender@example.com").to("b@example.org", "c@example.org").build();
    }
}
