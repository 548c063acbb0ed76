package io.smtpra.ra.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantiles of the last minutes. */
class RecentTimesTest {

    private final AtomicLong now = new AtomicLong(TimeUnit.DAYS.toNanos(3));
    private final RecentTimes times = new RecentTimes(now::get);

    @Test
    void ofNothingIsNothing() {
        assertThat(times.millis(50)).isZero();
        assertThat(times.millis(99)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 7, 8, 9, 100, 999, 4_000, 60_000, 600_000})
    void aTimeIsRightWithinAnEighth(long millis) {
        times.add(TimeUnit.MILLISECONDS.toNanos(millis));
        assertThat(times.millis(50)).isBetween(millis, millis + millis / 8 + 1);
    }

    @Test
    void whatIsTooLongForTheScaleIsTheLongest() {
        times.add(Long.MAX_VALUE);
        assertThat(times.millis(50)).isPositive();
        times.add(-1);
        assertThat(times.millis(50)).isZero();
    }

    @Test
    void quantilesDivideThem() {
        for (int i = 1; i <= 100; i++) {
            times.add(TimeUnit.MILLISECONDS.toNanos(i < 96 ? 10 : i < 100 ? 200 : 3_000));
        }
        assertThat(times.millis(50)).isBetween(10L, 12L);
        assertThat(times.millis(95)).isBetween(10L, 12L);
        assertThat(times.millis(99)).isBetween(200L, 226L);
        assertThat(times.millis(100)).isBetween(3_000L, 3_376L);
    }

    @Test
    void whatIsOldCountsNoMore() {
        times.add(TimeUnit.SECONDS.toNanos(30));
        now.addAndGet(TimeUnit.MINUTES.toNanos(4));
        assertThat(times.millis(50)).isPositive();
        times.add(TimeUnit.MILLISECONDS.toNanos(5));
        assertThat(times.millis(99)).isGreaterThan(1_000);
        now.addAndGet(TimeUnit.MINUTES.toNanos(3));
        assertThat(times.millis(99)).isBetween(5L, 6L);
        now.addAndGet(TimeUnit.MINUTES.toNanos(60));
        assertThat(times.millis(99)).isZero();
    }
}
