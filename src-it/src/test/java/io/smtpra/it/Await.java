package io.smtpra.it;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens in another process, with a bound. */
final class Await {

    static final Duration BOUND = Duration.ofSeconds(30);

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        value(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    static void until(String what, Duration bound, BooleanSupplier condition) {
        value(what, bound, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    static <T> T value(String what, Supplier<Optional<T>> source) {
        return value(what, BOUND, source);
    }

    private static <T> T value(String what, Duration bound, Supplier<Optional<T>> source) {
        long end = System.nanoTime() + bound.toNanos();
        Optional<T> value = source.get();
        while (value.isEmpty()) {
            if (System.nanoTime() > end) {
                return fail("Waited " + bound.toSeconds() + " s in vain for " + what);
            }
            pause();
            value = source.get();
        }
        return value.get();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("Interrupted");
        }
    }
}
