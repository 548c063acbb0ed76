package io.smtpra.ra.telemetry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How long something took in the last five minutes, as quantiles that are right within an eighth. Six slices of a
 * minute are kept in turn, each an array of counts by size; nothing is allocated when a time is added.
 */
final class RecentTimes {

    private static final long SLICE = TimeUnit.MINUTES.toNanos(1);
    private static final int SLICES = 6;
    /** Each power of two of microseconds is divided into so many. */
    private static final int STEPS = 8;
    private static final int STEP_BITS = 3;
    private static final int SIZES = STEPS * 40;

    private static final class Slice {

        private final AtomicLong minute = new AtomicLong(-1);
        private final AtomicLongArray counts = new AtomicLongArray(SIZES);
    }

    private final LongSupplier nanoTime;
    private final long begin;
    private final Slice[] slices = new Slice[SLICES];

    RecentTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        for (int i = 0; i < SLICES; i++) {
            slices[i] = new Slice();
        }
    }

    void add(long nanos) {
        long minute = minute();
        Slice slice = slices[(int) (minute % SLICES)];
        long was = slice.minute.get();
        // Who comes in this very moment may be counted into the slice that is being emptied: a quantile can bear that.
        if (was != minute && slice.minute.compareAndSet(was, minute)) {
            for (int i = 0; i < SIZES; i++) {
                slice.counts.set(i, 0);
            }
        }
        slice.counts.incrementAndGet(size(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos))));
    }

    /** The time that so many in a hundred did not exceed, in milliseconds, rounded up; zero if there was none. */
    long millis(int percent) {
        long[] sums = sums();
        long all = 0;
        for (long sum : sums) {
            all += sum;
        }
        long wanted = (all * percent + 99) / 100;
        long seen = 0;
        for (int i = 0; i < SIZES && wanted > 0; i++) {
            seen += sums[i];
            if (seen >= wanted) {
                return (upperMicros(i) + 999) / 1000;
            }
        }
        return 0;
    }

    private long[] sums() {
        long oldest = minute() - (SLICES - 1);
        long[] sums = new long[SIZES];
        for (Slice slice : slices) {
            if (slice.minute.get() >= oldest) {
                for (int i = 0; i < SIZES; i++) {
                    sums[i] += slice.counts.get(i);
                }
            }
        }
        return sums;
    }

    private long minute() {
        return (nanoTime.getAsLong() - begin) / SLICE;
    }

    private static int size(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(micros);
        int step = (int) (micros >>> (exponent - STEP_BITS)) & (STEPS - 1);
        return Math.min(SIZES - 1, (exponent - STEP_BITS + 1) * STEPS + step);
    }

    private static long upperMicros(int size) {
        if (size < STEPS) {
            return size;
        }
        int shift = size / STEPS - 1;
        return ((long) (STEPS + size % STEPS) + 1 << shift) - 1;
    }
}
