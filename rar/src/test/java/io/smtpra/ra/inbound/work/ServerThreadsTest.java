package io.smtpra.ra.inbound.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.delivery.FakeTransactions;
import io.smtpra.ra.inbound.delivery.FakeWorkManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerThreadsTest {

    private final FakeWorkManager workManager = new FakeWorkManager(new FakeTransactions());
    private final ServerThreads threads = new ServerThreads(workManager);

    @AfterEach
    void stop() {
        threads.close();
        workManager.close();
    }

    @Test
    void wakesNobodyWhereNothingIsTimed() {
        assertThat(threads.timed()).isZero();
        ScheduledFuture<?> timer = threads.after(Duration.ofHours(1), () -> { });
        assertThat(threads.timed()).isEqualTo(2);

        timer.cancel(false);
        Eventually.isTrue(() -> threads.timed() == 0);
    }

    @Test
    void timesAgainAfterARest() throws Exception {
        threads.after(Duration.ZERO, () -> { });
        Eventually.isTrue(() -> threads.timed() == 0);

        CountDownLatch done = new CountDownLatch(1);
        threads.after(Duration.ofMillis(1), done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        Eventually.isTrue(() -> threads.timed() == 0);
    }

    @Test
    void aQuestionThatTheServerTakesItsTimeForHoldsUpNoDelivery() throws Exception {
        CountDownLatch full = new CountDownLatch(1);
        CountDownLatch delivered = new CountDownLatch(1);
        workManager.scheduling = work -> {
            if (work instanceof ServerWork question && question.isQuestion()) {
                full.await();
            }
        };
        threads.run(ServerWork.question("question", Optional.empty(), () -> { }, failure -> { }));
        threads.run(ServerWork.of("delivery", delivered::countDown, failure -> { }));

        assertThat(delivered.await(10, TimeUnit.SECONDS)).isTrue();
        full.countDown();
    }
}
