package io.smtpra.ra.inbound.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleThreadsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aThreadThatWaitsGetsTheNextDelivery() throws Exception {
        IdleThreads lingering = new IdleThreads(1);
        Delivery delivery = anyDelivery();

        Future<Optional<Delivery>> next = threads.submit(() -> untilSomethingComes(lingering));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!lingering.take(delivery) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(next.get(30, TimeUnit.SECONDS)).containsSame(delivery);
    }

    @Test
    void nobodyTakesADeliveryWhereNobodyWaits() {
        assertThat(new IdleThreads(1).take(anyDelivery())).isFalse();
    }

    @Test
    void aThreadIsGivenBackWhenNothingComes() {
        assertThat(new IdleThreads(1).next()).isEmpty();
    }

    @Test
    void noMoreThreadsWaitThanAreGrantedIt() {
        assertThat(new IdleThreads(0).next()).isEmpty();
    }

    @Test
    void afterTheEndNoThreadWaits() {
        IdleThreads lingering = new IdleThreads(1);
        lingering.close();
        assertThat(lingering.next()).isEmpty();
    }

    private static Delivery anyDelivery() {
        return new Delivery(Mails.to("inbox@example.com"), List.of());
    }

    /** What a thread of the server does, again and again. */
    private static Optional<Delivery> untilSomethingComes(IdleThreads lingering) {
        Optional<Delivery> next = Optional.empty();
        while (next.isEmpty() && !Thread.currentThread().isInterrupted()) {
            next = lingering.next();
        }
        return next;
    }
}
