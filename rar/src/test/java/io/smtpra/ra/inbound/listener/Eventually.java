package io.smtpra.ra.inbound.listener;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;

/** Waits for what other threads bring about, up to a bound. */
final class Eventually {

    private static final long PATIENCE = SECONDS.toNanos(10);

    private Eventually() {}

    static <T> CollectionIs<T> assertThat(Supplier<? extends Collection<T>> actual) {
        return new CollectionIs<>(actual);
    }

    static void isTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            try {
                MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        Assertions.assertThat(condition.getAsBoolean()).as("within the time").isTrue();
    }

    static final class CollectionIs<T> {

        private final Supplier<? extends Collection<T>> actual;

        private CollectionIs(Supplier<? extends Collection<T>> actual) {
            this.actual = actual;
        }

        void hasSize(int size) {
            isTrue(() -> actual.get().size() == size);
        }

        @SafeVarargs
        final void containsExactly(T... expected) {
            isTrue(() -> List.copyOf(actual.get()).equals(List.of(expected)));
        }
    }
}
