package io.smtpra.ra.inbound.smtp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailureBudgetTest {

    private Instant now = Instant.EPOCH;
    private final FailureBudget budget = new FailureBudget(2, Duration.ofMinutes(10), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void isExhaustedByFailuresWithinTheWindow() {
        budget.failed("a");
        assertThat(budget.isExhausted("a")).isFalse();
        budget.failed("a");
        assertThat(budget.isExhausted("a")).isTrue();
        assertThat(budget.isExhausted("b")).isFalse();
        now = now.plus(Duration.ofMinutes(10));
        assertThat(budget.isExhausted("a")).isFalse();
        budget.failed("a");
        assertThat(budget.isExhausted("a")).as("counted anew").isFalse();
    }

    @Test
    void isRestoredBySuccess() {
        budget.failed("a");
        budget.failed("a");
        budget.succeeded("a");
        assertThat(budget.isExhausted("a")).isFalse();
    }

    @Test
    void holdsNoMoreThanItMay() {
        budget.failed("old");
        budget.failed("old");
        for (int i = 0; i < 10_000; i++) {
            budget.failed("key" + i);
        }
        assertThat(budget.size()).isEqualTo(10_000);
        assertThat(budget.isExhausted("old")).isFalse();
    }
}
