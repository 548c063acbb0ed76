package io.smtpra.ra.inbound.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.delivery.FakeTransactions;
import io.smtpra.ra.inbound.delivery.FakeWorkManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parties that hang keep their own places, and leave something to everybody else. */
class BoundedWorkTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final FakeWorkManager workManager = new FakeWorkManager(new FakeTransactions());
    private final ServerThreads threads = new ServerThreads(workManager);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger under = new AtomicInteger();

    @AfterEach
    void stop() {
        go.countDown();
        threads.close();
        workManager.close();
    }

    @Test
    void manyPartiesThatHangLeaveSomethingToOthers() throws Exception {
        BoundedWork work = work(16, 8, 1, LONG);
        for (int party = 0; party < 4; party++) {
            for (int i = 0; i < 9; i++) {
                hang(work, party, LONG);
            }
        }
        // 8 of 16, 4 of the 8 left, 2 of 4, 1 of 2
        Eventually.isTrue(() -> under.get() == 15);
        assertThat(ask(work, "other").get(10, TimeUnit.SECONDS)).isEqualTo("answered");
        assertThat(under.get()).isEqualTo(15);
    }

    @Test
    void whatWaitsComesWhenAPlaceIsFreeWhoeverGaveItBack() throws Exception {
        BoundedWork work = work(2, 2, 10, LONG);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int party = 0; party < 4; party++) {
            answers.add(hang(work, party, LONG));
        }
        Eventually.isTrue(() -> under.get() == 2);
        go.countDown();
        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("answered");
        }
    }

    @Test
    void nobodyWaitsForAPartyThatHangs() throws Exception {
        BoundedWork work = work(8, 1, 10, LONG);
        CompletableFuture<String> late = hang(work, "slow", SHORT);
        CompletableFuture<String> waits = ask(work, "slow");
        assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo("TooLate[]");

        assertThat(ask(work, "slow").get(10, TimeUnit.SECONDS)).isEqualTo("Busy[]");
        assertThat(ask(work, "other").get(10, TimeUnit.SECONDS)).isEqualTo("answered");
        go.countDown();
        assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo("answered");
        Eventually.isTrue(() -> ask(work, "slow").join().equals("answered"));
    }

    @Test
    void whatHasWaitedTooLongIsNotAskedAnyMore() throws Exception {
        BoundedWork work = work(8, 1, 1, LONG);
        hang(work, "slow", LONG);
        CompletableFuture<String> waits = hang(work, "slow", SHORT);
        assertThat(ask(work, "slow").get(10, TimeUnit.SECONDS)).as("one waits already").isEqualTo("Busy[]");
        assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo("TooLate[]");

        CompletableFuture<String> next = ask(work, "slow");
        go.countDown();
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("answered");
        assertThat(under.get()).isEqualTo(1);
    }

    @Test
    void whatFailsAndWhatTheServerRefusesGivesItsPlaceBack() throws Exception {
        BoundedWork work = work(1, 1, 1, LONG);
        for (int i = 0; i < 3; i++) {
            assertThat(work.ask("party", () -> {
                throw new IllegalStateException("broken");
            }, String::valueOf).toCompletableFuture().get(10, TimeUnit.SECONDS)).asString().contains("broken");
        }
        workManager.rejects = true;
        for (int i = 0; i < 3; i++) {
            assertThat(ask(work, "party").get(10, TimeUnit.SECONDS)).isEqualTo("Busy[]");
        }
        workManager.rejects = false;
        workManager.skips = true;
        assertThat(ask(work, "party").get(10, TimeUnit.SECONDS)).as("never done").isEqualTo("Busy[]");
        workManager.skips = false;
        assertThat(ask(work, "party").get(10, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @Test
    void thousandsThatWaitAreAllAnsweredWhenTheServerGoes() throws Exception {
        BoundedWork work = work(8, 1, 100_000, LONG);
        hang(work, "slow", LONG);
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            waiting.add(ask(work, "slow"));
        }
        threads.close();
        go.countDown();
        for (CompletableFuture<String> answer : waiting) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("Busy[]");
        }
    }

    private BoundedWork work(int atOnce, int perParty, int waiting, Duration time) {
        return new BoundedWork(threads, "test", new BoundedWork.Limits(atOnce, perParty, waiting, time));
    }

    private CompletableFuture<String> hang(BoundedWork work, Object party, Duration time) {
        return work.ask(party, () -> {
            under.incrementAndGet();
            go.await();
            return "answered";
        }, String::valueOf, time).toCompletableFuture();
    }

    private CompletableFuture<String> ask(BoundedWork work, Object party) {
        return work.ask(party, () -> "answered", String::valueOf).toCompletableFuture();
    }
}
