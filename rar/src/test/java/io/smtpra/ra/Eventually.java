package io.smtpra.ra;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;

/** Waits for what other threads bring about, up to a bound. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Eventually() {}

    public static <T> CollectionIs<T> assertThat(Supplier<? extends Collection<T>> actual) {
        return new CollectionIs<>(actual);
    }

    public static void isTrue(BooleanSupplier condition) {
        within(PATIENCE, condition);
    }

    public static void within(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        boolean holds = condition.getAsBoolean();
        while (!holds && System.nanoTime() - end < 0) {
            try {
                MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            holds = condition.getAsBoolean();
        }
        Assertions.assertThat(holds).as("within the time").isTrue();
    }

    public static final class CollectionIs<T> {

        private final Supplier<? extends Collection<T>> actual;

        private CollectionIs(Supplier<? extends Collection<T>> actual) {
            this.actual = actual;
        }

        public void hasSize(int size) {
            isTrue(() -> actual.get().size() == size);
        }

        @SafeVarargs
        public final void containsExactly(T... expected) {
            isTrue(() -> List.copyOf(actual.get()).equals(List.of(expected)));
        }
    }
}
