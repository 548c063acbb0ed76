package io.smtpra.ra.inbound.delivery;

import static io.smtpra.ra.inbound.delivery.Deliveries.DELIVERED;
import static io.smtpra.ra.inbound.delivery.Deliveries.LONG;
import static io.smtpra.ra.inbound.delivery.Deliveries.config;
import static io.smtpra.ra.inbound.delivery.Deliveries.deliver;
import static io.smtpra.ra.inbound.delivery.Deliveries.spec;
import static io.smtpra.ra.inbound.delivery.Deliveries.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.MailListener;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.routing.Activation;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.work.ServerThreads;
import jakarta.resource.ResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deliveries at the edges: while beans go, while the adapter stops, without threads, in a commit that takes long. */
class DeliveryRacesTest {

    private static final DeliveryOutcome STOPPED = new DeliveryOutcome.Refused(BeanReplies.STOPPED);

    @RegisterExtension
    final Deliveries deliveries = new Deliveries();

    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void aCommitThatOutlastsADeactivationIsNotAcknowledged() throws Exception {
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, Duration.ofMillis(50)));
        FakeEndpoints endpoints = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
        deliveries.transactions.flush = () -> {
            called.countDown();
            awaitGo();
        };
        delivery.activate(endpoints, spec("*"));
        CompletableFuture<DeliveryOutcome> outcome = submit(delivery, "a@example.com");
        called.await();

        // After this the server takes away what the flush needs, and the transaction says COMMITTED nevertheless.
        delivery.deactivate(endpoints);
        boolean told = outcome.isDone();
        go.countDown();

        assertThat(told).isTrue();
        assertThat(outcome).isCompletedWithValue(STOPPED);
        Eventually.isTrue(() -> deliveries.transactions.log.contains("committed"));
    }

    @Test
    void aCommitThatEndsInTheLastMomentIsAcknowledged() throws Exception {
        InboundDelivery delivery = deliveries.start(config(10, 10, LONG, LONG, Duration.ofMillis(50)));
        FakeEndpoints endpoints = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
        deliveries.transactions.flush = () -> {
            called.countDown();
            awaitGo();
        };
        delivery.activate(endpoints, spec("*"));
        CompletableFuture<DeliveryOutcome> outcome = submit(delivery, "a@example.com");
        called.await();

        // a thread of its own: where the common pool has one alone, what lets it go on would wait behind it
        CompletableFuture<Void> deactivation = CompletableFuture.runAsync(
                () -> delivery.deactivate(endpoints), task -> new Thread(task).start());
        // Past the shutdown timeout nothing that is not in its commit goes on; this one is waited for.
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(go::countDown);
        deactivation.get(10, TimeUnit.SECONDS);

        assertThat(outcome).isCompletedWithValue(DELIVERED);
        assertThat(deliveries.transactions.log).containsExactly("committed");
    }

    @Test
    void aBeanThatGoesWhileThousandsWaitRefusesThemAll() throws Exception {
        int many = 20_000;
        ServerThreads threads = new ServerThreads(deliveries.workManager);
        DeliveryRunner runner = new DeliveryRunner(deliveries.container(), config(1, many, LONG, LONG, LONG), threads,
                new BeanCall(Deliveries.PARSER));
        BeanDeliveries<Delivery> bean = new BeanDeliveries<>(new Activation(
                FakeEndpoints.transacted(deliveries.transactions, mail -> awaitGo()), spec("*").toConfig()));
        List<Delivery> waiting = IntStream.rangeClosed(0, many).mapToObj(i -> delivery(bean)).toList();
        waiting.forEach(runner::submit);

        // The turn of those that wait may come between the end of the activation and their refusal.
        bean.close();
        go.countDown();

        for (Delivery delivery : waiting.subList(1, waiting.size())) {
            assertThat(delivery.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo(STOPPED);
        }
        assertThat(bean.awaitEnd(Duration.ofSeconds(10))).isEmpty();
        runner.stop(Duration.ZERO);
        threads.close();
    }

    @Test
    void whatComesWhileTheAdapterStopsIsRefused() throws Exception {
        for (int round = 0; round < 50; round++) {
            CountDownLatch end = new CountDownLatch(1);
            InboundDelivery delivery = deliveries.start(config(1, 10, LONG, LONG, LONG));
            delivery.activate(FakeEndpoints.transacted(deliveries.transactions, mail -> end.await()), spec("*"));
            submit(delivery, "a@example.com");
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> delivery.stop(Duration.ZERO));
            List<CompletableFuture<DeliveryOutcome>> late = new ArrayList<>();
            while (!stop.isDone() && late.size() < 200) {
                late.add(submit(delivery, "b@example.com"));
            }
            stop.join();
            late.add(submit(delivery, "c@example.com"));
            for (CompletableFuture<DeliveryOutcome> outcome : late) {
                assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(DeliveryOutcome.Refused.class);
            }
            end.countDown();
        }
    }

    @Test
    void aMailForWhichThereIsNoThreadIsRefusedInTime() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 10, Duration.ofMillis(100), LONG, LONG));
        FakeEndpoints endpoints = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
        delivery.activate(endpoints, spec("*"));
        deliveries.workManager.held = new CountDownLatch(1);

        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(new DeliveryOutcome.Refused(BeanReplies.BUSY));

        // Its permit is in use until the thread has come.
        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(new DeliveryOutcome.Refused(BeanReplies.BUSY));
        deliveries.workManager.held.countDown();
        Eventually.isTrue(() -> submit(delivery, "b@example.com").join().equals(DELIVERED));
        assertThat(endpoints.mails).allMatch(mail -> mail.envelope().recipients().toString().contains("b@example.com"));
    }

    @Test
    void aBeanHasItsWholeTimeHoweverLongItsMailHasWaited() throws Exception {
        // Not more than a second is waited for a thread, and the bean takes longer than that.
        InboundDelivery delivery = deliveries.start(config(1, 10, Duration.ofMillis(100), LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions, mail -> {
            called.countDown();
            assertThat(go.await(1_500, TimeUnit.MILLISECONDS)).isFalse();
        }), spec("*"));

        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(DELIVERED);
    }

    @Test
    void aCommitOfWhichAPartCannotBeReachedIsFinishedLater() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 10, LONG, LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions, mail -> {}), spec("*@one.example.com"));
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions, mail -> {}), spec("*@two.example.com"));
        deliveries.transactions.fault = FakeTransactions.Fault.COMMIT_WANTS_ANOTHER_TRY;

        assertThat(submit(delivery, "a@one.example.com", "b@two.example.com").get(10, TimeUnit.SECONDS))
                .isEqualTo(new DeliveryOutcome.Refused(BeanReplies.FAILED));
        Eventually.isTrue(() -> deliveries.transactions.log.size() > 2);
        deliveries.transactions.fault = FakeTransactions.Fault.NONE;
        Eventually.isTrue(() -> deliveries.transactions.isOver());

        // The others have committed: a rollback would leave half of it.
        assertThat(deliveries.transactions.log).startsWith("prepare", "commit", "commit").doesNotContain("rollback");
    }

    @Test
    void aContentThatCannotBeFreedHoldsNoPermit() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 10, LONG, LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions, mail -> {}), spec("*"));
        Mails.BytesContent content = new Mails.BytesContent(Mails.TEXT);
        content.closeFails = true;

        assertThat(deliver(delivery, Mails.to(content, "a@example.com"))).isEqualTo(DELIVERED);
        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(DELIVERED);
    }

    @Test
    void workThatTheServerHasNotRunIsNotDelivered() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 10, LONG, LONG, LONG));
        MailListener bean = mail -> {};
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions, bean), spec("*@one.example.com"));
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions, bean), spec("*@two.example.com"));
        deliveries.workManager.skips = true;
        DeliveryOutcome failed = new DeliveryOutcome.Refused(BeanReplies.FAILED);

        assertThat(submit(delivery, "a@one.example.com", "b@two.example.com").get(10, TimeUnit.SECONDS))
                .isEqualTo(failed);
        assertThat(submit(delivery, "a@one.example.com").get(10, TimeUnit.SECONDS)).isEqualTo(failed);
        deliveries.workManager.skips = false;
        assertThat(submit(delivery, "a@one.example.com").get(10, TimeUnit.SECONDS)).isEqualTo(DELIVERED);
    }

    @Test
    void beansThatComeAndGoAtOnceLeaveOneHolderOfAPattern() throws Exception {
        InboundDelivery delivery = deliveries.start(config(8, 1_000, LONG, LONG, LONG));
        AtomicInteger holders = new AtomicInteger();
        List<CompletableFuture<Void>> comers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 200; i++) {
                FakeEndpoints endpoints = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
                try {
                    delivery.activate(endpoints, spec("*@example.com"));
                    assertThat(holders.incrementAndGet()).isEqualTo(1);
                    submit(delivery, "a@example.com").join();
                    holders.decrementAndGet();
                    delivery.deactivate(endpoints);
                } catch (ResourceException e) {
                    assertThat(e).hasMessageContaining("*@example.com");
                }
            }
        })).limit(4).toList();
        for (CompletableFuture<Void> comer : comers) {
            comer.get(30, TimeUnit.SECONDS);
        }
        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(STOPPED);
    }

    private static Delivery delivery(BeanDeliveries<Delivery> bean) {
        var mail = Mails.to("a@example.com");
        return new Delivery(mail, List.of(new Delivery.Part(bean, mail.envelope())));
    }

    private void awaitGo() {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
