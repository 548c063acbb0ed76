package io.smtpra.ra.inbound.delivery;

import static io.smtpra.ra.inbound.delivery.Deliveries.DELIVERED;
import static io.smtpra.ra.inbound.delivery.Deliveries.LONG;
import static io.smtpra.ra.inbound.delivery.Deliveries.config;
import static io.smtpra.ra.inbound.delivery.Deliveries.deliver;
import static io.smtpra.ra.inbound.delivery.Deliveries.spec;
import static io.smtpra.ra.inbound.delivery.Deliveries.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.MailRejectedException;
import io.smtpra.Reply;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import jakarta.mail.internet.MimeMessage;
import jakarta.transaction.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryTest {

    @RegisterExtension
    final Deliveries deliveries = new Deliveries();

    private final FakeTransactions transactions = deliveries.transactions;
    private final FakeWorkManager workManager = deliveries.workManager;

    /** What a bean may do, and what comes of it. */
    static Stream<Arguments> beans() {
        return Stream.of(
                Arguments.of("returns", (Bean) (mail, tx) -> {}, DELIVERED, "committed"),
                Arguments.of("throws a runtime exception, the container rolls back", (Bean) (mail, tx) -> {
                    tx.setRollbackOnly();
                    throw new IllegalStateException("broken");
                }, new DeliveryOutcome.Refused(BeanReplies.FAILED), "rolled back"),
                Arguments.of("throws a checked exception, the container would commit", (Bean) (mail, tx) -> {
                    throw new IOException("disk");
                }, new DeliveryOutcome.Refused(BeanReplies.FAILED), "rolled back"),
                Arguments.of("sets rollback-only and returns", (Bean) (mail, tx) -> tx.setRollbackOnly(),
                        new DeliveryOutcome.Refused(BeanReplies.FAILED), "rolled back"),
                Arguments.of("refuses for good", (Bean) (mail, tx) -> {
                    throw MailRejectedException.permanent("No.");
                }, new DeliveryOutcome.Refused(Reply.of(554, "5.7.1", "No.")), "rolled back"),
                Arguments.of("refuses, wrapped by the container", (Bean) (mail, tx) -> {
                    throw new RuntimeException(new IllegalStateException(
                            MailRejectedException.transientFailure(452, "4.2.2", "Full.")));
                }, new DeliveryOutcome.Refused(Reply.of(452, "4.2.2", "Full.")), "rolled back"),
                Arguments.of("throws an error", (Bean) (mail, tx) -> {
                    throw new NoClassDefFoundError("gone");
                }, new DeliveryOutcome.Refused(BeanReplies.FAILED), "rolled back"));
    }

    /** A bean that sees its transaction. */
    interface Bean {
        void onMail(InboundMail mail, FakeTransactions transactions) throws Exception;
    }

    @ParameterizedTest(name = "a bean that {0}")
    @MethodSource("beans")
    void theOutcomeIsWhatTheTransactionDid(String name, Bean bean, DeliveryOutcome expected, String transaction)
            throws Exception {
        FakeEndpoints endpoints = FakeEndpoints.transacted(transactions, mail -> bean.onMail(mail, transactions));
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        delivery.activate(endpoints, spec("*"));
        Mails.BytesContent content = new Mails.BytesContent(Mails.TEXT);

        assertThat(deliver(delivery, Mails.to(content, "a@example.com"))).isEqualTo(expected);

        Eventually.isTrue(() -> content.closed);
        assertThat(endpoints.events).containsExactly("create", "before", "call", "after", "release");
        assertThat(transactions.log).containsExactly(transaction);
    }

    @Test
    void aFailedCommitIsNotDelivered() throws Exception {
        transactions.fault = FakeTransactions.Fault.COMMIT_FAILS;
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {}), spec("*"));

        assertThat(deliver(delivery, Mails.to("a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.FAILED));
    }

    @Test
    void aTransactionThatItsTimeoutEndsIsNotDelivered() throws Exception {
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        // The reaper's thread rolls back while the bean runs.
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {
            FakeTransactions.Transaction transaction = (FakeTransactions.Transaction) transactions.getTransactionKey();
            Thread reaper = new Thread(() -> transaction.end(Status.STATUS_ROLLEDBACK));
            reaper.start();
            reaper.join();
        }), spec("*"));

        assertThat(deliver(delivery, Mails.to("a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.FAILED));
    }

    @Test
    void aPoolWithoutABeanIsTooBusy() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 10, LONG, LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {
            throw new IllegalStateException("wrapped", new IllegalStateException(
                    "WFLYEJB0378: Failed to acquire a permit within 5 MINUTES"));
        }), spec("*"));

        assertThat(deliver(delivery, Mails.to("a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.BUSY));
    }

    @Test
    void aBeanWithoutATransactionIsDeliveredToWhenItReturns() throws Exception {
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        FakeEndpoints endpoints = FakeEndpoints.plain(transactions, mail -> {});
        delivery.activate(endpoints, spec("*"));

        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(DELIVERED);
        assertThat(endpoints.events).containsExactly("create", "before", "call", "after", "release");
    }

    @Test
    void aBeanThatIsNotAvailableRefusesForNow() throws Exception {
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        FakeEndpoints endpoints = FakeEndpoints.transacted(transactions, mail -> {});
        endpoints.available = false;
        delivery.activate(endpoints, spec("*"));

        assertThat(deliver(delivery, Mails.to("a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.STOPPED));
    }

    @Test
    void theMailIsValidUntilTheCallReturns() throws Exception {
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        AtomicReference<String> inside = new AtomicReference<>();
        AtomicReference<MimeMessage> parsed = new AtomicReference<>();
        FakeEndpoints endpoints = FakeEndpoints.transacted(transactions, mail -> {
            MimeMessage message = mail.message();
            parsed.set(message);
            inside.set(message.getSubject() + " " + message.getContent()
                    + new String(mail.content().readAllBytes()));
            assertThat(mail.message()).isSameAs(message);
        });
        delivery.activate(endpoints, spec("*"));
        ReceivedMail received = Mails.to("a@example.com");

        assertThat(deliver(delivery, received)).isEqualTo(DELIVERED);

        assertThat(inside).hasValue("hello How are you?\r\n" + Mails.TEXT);
        InboundMail mail = endpoints.mails.get(0);
        assertThat(mail.id()).isEqualTo(received.id());
        assertThat(mail.size()).isEqualTo(Mails.TEXT.length());
        assertThatThrownBy(mail::content).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(mail::message).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> parsed.get().getInputStream().readAllBytes())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBeanThatTakesTooLongIsRefusedAtOnceAndRolledBackInTheEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        InboundDelivery delivery = deliveries.start(config(1, 0, LONG, Duration.ofSeconds(2), LONG));
        Mails.BytesContent content = new Mails.BytesContent(Mails.TEXT);
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> go.await()), spec("*"));

        assertThat(deliver(delivery, Mails.to(content, "a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.TOO_SLOW));
        // Its permit and its content are in use until it has really ended.
        assertThat(content.closed).isFalse();
        assertThat(deliver(delivery, Mails.to("a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.BUSY));
        go.countDown();
        Eventually.isTrue(() -> content.closed);
        assertThat(transactions.log).containsExactly("rolled back");
    }

    @Test
    void mailsWaitForTheirTurnWithoutAThread() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        InboundDelivery delivery = deliveries.start(config(10, 100, LONG, LONG, LONG));
        SmtpActivationSpec spec = spec("*");
        spec.setMaxConcurrency("2");
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            go.await();
            atOnce.decrementAndGet();
        }), spec);

        List<CompletableFuture<DeliveryOutcome>> outcomes = Stream.generate(() -> submit(delivery, "a@example.com"))
                .limit(50).toList();
        Eventually.isTrue(() -> atOnce.get() == 2);
        assertThat(workManager.scheduled).hasValue(2);
        go.countDown();

        for (CompletableFuture<DeliveryOutcome> outcome : outcomes) {
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(DELIVERED);
        }
        assertThat(most).hasValue(2);
        assertThat(workManager.names).containsExactly("smtp-ra delivery");
        // The threads that ended a delivery took the next ones.
        assertThat(workManager.scheduled).hasValue(2);
    }

    @Test
    void aSlowBeanDoesNotHoldUpAnother() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        InboundDelivery delivery = deliveries.start(config(10, 100, LONG, LONG, LONG));
        SmtpActivationSpec slow = spec("*@slow.example.com");
        slow.setMaxConcurrency("1");
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> go.await()), slow);
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {}), spec("*@fast.example.com"));

        CompletableFuture<DeliveryOutcome> first = submit(delivery, "a@slow.example.com");
        CompletableFuture<DeliveryOutcome> second = submit(delivery, "a@slow.example.com");
        assertThat(deliver(delivery, Mails.to("a@fast.example.com"))).isEqualTo(DELIVERED);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        go.countDown();
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(DELIVERED);
    }

    @Test
    void whoHasWaitedTooLongIsRefused() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        InboundDelivery delivery = deliveries.start(config(1, 10, Duration.ofMillis(50), LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> go.await()), spec("*"));
        CompletableFuture<DeliveryOutcome> first = submit(delivery, "a@example.com");
        Mails.BytesContent content = new Mails.BytesContent(Mails.TEXT);

        assertThat(deliver(delivery, Mails.to(content, "a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.BUSY));
        assertThat(content.closed).isTrue();
        go.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(DELIVERED);
    }

    @Test
    void aServerWithoutAThreadRefusesForNow() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 10, LONG, LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {}), spec("*"));
        workManager.rejects = true;
        assertThat(deliver(delivery, Mails.to("a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.BUSY));
        workManager.rejects = false;
        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(DELIVERED);
    }

    @Test
    void deactivationWaitsForTheCommit() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        FakeEndpoints endpoints = FakeEndpoints.transacted(transactions, mail -> {
            called.countDown();
            go.await();
        });
        SmtpActivationSpec spec = spec("*");
        spec.setMaxConcurrency("1");
        delivery.activate(endpoints, spec);
        CompletableFuture<DeliveryOutcome> running = submit(delivery, "a@example.com");
        CompletableFuture<DeliveryOutcome> waiting = submit(delivery, "a@example.com");
        called.await();

        CompletableFuture<Void> deactivation = CompletableFuture.runAsync(() -> delivery.deactivate(endpoints));

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(new DeliveryOutcome.Refused(BeanReplies.STOPPED));
        assertThat(deactivation).isNotDone();
        go.countDown();
        deactivation.get(10, TimeUnit.SECONDS);
        assertThat(transactions.log).containsExactly("committed");
        assertThat(running).isCompletedWithValue(DELIVERED);
        assertThat(deliver(delivery, Mails.to("a@example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.STOPPED));
    }

    @Test
    void whatOutlastsADeactivationIsGivenUpAndRollsBack() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, Duration.ofMillis(50)));
        FakeEndpoints endpoints = FakeEndpoints.transacted(transactions, mail -> {
            called.countDown();
            go.await();
        });
        delivery.activate(endpoints, spec("*"));
        CompletableFuture<DeliveryOutcome> running = submit(delivery, "a@example.com");
        called.await();

        delivery.deactivate(endpoints);

        assertThat(running).isCompletedWithValue(new DeliveryOutcome.Refused(BeanReplies.STOPPED));
        go.countDown();
        Eventually.isTrue(() -> !transactions.log.isEmpty());
        assertThat(transactions.log).containsExactly("rolled back");
    }

    /** How an imported transaction may end. */
    static Stream<Arguments> imports() {
        return Stream.of(
                Arguments.of(FakeTransactions.Fault.NONE, DELIVERED, List.of("prepare", "commit")),
                Arguments.of(FakeTransactions.Fault.READ_ONLY, DELIVERED, List.of("prepare")),
                Arguments.of(FakeTransactions.Fault.PREPARE_FAILS, new DeliveryOutcome.Refused(BeanReplies.FAILED),
                        List.of("prepare")),
                Arguments.of(FakeTransactions.Fault.COMMIT_OF_PREPARED_FAILS,
                        new DeliveryOutcome.Refused(BeanReplies.FAILED), List.of("prepare", "commit", "rollback")),
                Arguments.of(FakeTransactions.Fault.HEURISTIC_ROLLBACK, new DeliveryOutcome.Refused(BeanReplies.FAILED),
                        List.of("prepare", "commit", "forget")));
    }

    @ParameterizedTest
    @MethodSource("imports")
    void twoBeansAreOneTransaction(FakeTransactions.Fault fault, DeliveryOutcome expected, List<String> log)
            throws Exception {
        transactions.fault = fault;
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        FakeEndpoints first = FakeEndpoints.transacted(transactions, mail -> {});
        FakeEndpoints second = FakeEndpoints.transacted(transactions, mail -> {});
        delivery.activate(first, spec("*@one.example.com"));
        delivery.activate(second, spec("*@two.example.com"));

        assertThat(deliver(delivery, Mails.to("a@one.example.com", "b@two.example.com", "c@one.example.com")))
                .isEqualTo(expected);

        // Without before and after, which would give each a transaction of its own.
        assertThat(first.events).containsExactly("create", "call", "release");
        assertThat(second.events).containsExactly("create", "call", "release");
        assertThat(transactions.log).isEqualTo(log);
        assertThat(first.mails.get(0).envelope().recipients()).extracting(recipient -> recipient.mailbox().toString())
                .containsExactly("a@one.example.com", "c@one.example.com");
    }

    @Test
    void theSecondOfTwoBeansFailsAndNothingIsKept() throws Exception {
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {}), spec("*@one.example.com"));
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {
            throw MailRejectedException.permanent("No.");
        }), spec("*@two.example.com"));

        assertThat(deliver(delivery, Mails.to("a@one.example.com", "b@two.example.com")))
                .isEqualTo(new DeliveryOutcome.Refused(Reply.of(554, "5.7.1", "No.")));
        assertThat(transactions.log).containsExactly("rollback");
    }

    @Test
    void aJournalGetsACopy() throws Exception {
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, LONG));
        FakeEndpoints taker = FakeEndpoints.transacted(transactions, mail -> {});
        FakeEndpoints journal = FakeEndpoints.transacted(transactions, mail -> {});
        SmtpActivationSpec spec = spec("*");
        spec.setJournal("true");
        delivery.activate(journal, spec);
        delivery.activate(taker, spec("*@example.com"));

        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(DELIVERED);
        assertThat(taker.mails).hasSize(1);
        assertThat(journal.mails).hasSize(1);
    }
}
