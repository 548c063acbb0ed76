package io.smtpra.ra.inbound.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that may not wait comes back at once: where it did wait, these tests would run into their bound. */
class IdleThreadsTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aThreadThatWaitsGetsTheNextDelivery() throws Exception {
        IdleThreads idle = new IdleThreads(1, FOR_EVER);
        Delivery delivery = anyDelivery();
        Future<Optional<Delivery>> next = threads.submit(idle::next);

        handOver(idle, delivery);

        assertThat(next.get(10, TimeUnit.SECONDS)).containsSame(delivery);
    }

    @Test
    void nobodyTakesADeliveryWhereNobodyWaits() {
        assertThat(new IdleThreads(1, FOR_EVER).take(anyDelivery())).isFalse();
    }

    @Test
    void aThreadIsGivenBackWhenNothingComes() throws Exception {
        IdleThreads idle = new IdleThreads(1, Duration.ofMillis(1));
        assertThat(threads.submit(idle::next).get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void noMoreThreadsWaitThanAreGrantedIt() throws Exception {
        IdleThreads idle = new IdleThreads(1, FOR_EVER);
        Future<Optional<Delivery>> one = threads.submit(idle::next);
        Future<Optional<Delivery>> other = threads.submit(idle::next);

        Eventually.isTrue(() -> one.isDone() || other.isDone());
        assertThat(one.isDone() && other.isDone()).as("the first goes on waiting").isFalse();
        assertThat((one.isDone() ? one : other).get()).isEmpty();

        handOver(idle, anyDelivery());
        Eventually.isTrue(() -> one.isDone() && other.isDone());
        assertThat(List.of(one.get().isPresent(), other.get().isPresent())).containsExactlyInAnyOrder(true, false);
        assertThat(threads.submit(() -> idle.take(anyDelivery())).get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void afterTheEndNoThreadWaits() throws Exception {
        IdleThreads idle = new IdleThreads(1, FOR_EVER);
        idle.close();
        assertThat(threads.submit(idle::next).get(10, TimeUnit.SECONDS)).isEmpty();
    }

    /** Gives a delivery to a thread that waits or will do so. */
    private static void handOver(IdleThreads idle, Delivery delivery) {
        AtomicBoolean taken = new AtomicBoolean();
        Eventually.isTrue(() -> taken.get() || taken.compareAndSet(false, idle.take(delivery)) && taken.get());
    }

    private static Delivery anyDelivery() {
        return new Delivery(Mails.to("inbox@example.com"), List.of());
    }
}
