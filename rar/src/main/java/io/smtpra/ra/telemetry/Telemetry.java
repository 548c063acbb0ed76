package io.smtpra.ra.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The figures of one adapter, from its making on: they survive its stop and start. Counting takes no lock. */
public final class Telemetry {

    private final LongAdder[] counters =
            Stream.generate(LongAdder::new).limit(Statistic.values().length).toArray(LongAdder[]::new);
    private final Events events = new Events();
    private final Map<Statistic, LongSupplier> gauges = new ConcurrentHashMap<>();
    private final RecentTimes acceptance = new RecentTimes(System::nanoTime);
    private final RecentTimes sending = new RecentTimes(System::nanoTime);
    private final NamedCounts replies = new NamedCounts();
    private final NamedCounts nextHops = new NamedCounts();

    /** Figures that all begin at zero. */
    public Telemetry() {
        gauge(Statistic.ACCEPTANCE_P50, () -> acceptance.millis(50));
        gauge(Statistic.ACCEPTANCE_P95, () -> acceptance.millis(95));
        gauge(Statistic.ACCEPTANCE_P99, () -> acceptance.millis(99));
        gauge(Statistic.SENDING_P50, () -> sending.millis(50));
        gauge(Statistic.SENDING_P95, () -> sending.millis(95));
        gauge(Statistic.SENDING_P99, () -> sending.millis(99));
    }

    /** One more of something. */
    public void count(Statistic statistic) {
        counters[statistic.ordinal()].increment();
    }

    /** Some more of something. */
    public void add(Statistic statistic, long amount) {
        counters[statistic.ordinal()].add(amount);
    }

    /** Where a figure comes from that says how it is now; replaces what it came from before. */
    public void gauge(Statistic statistic, LongSupplier source) {
        gauges.put(statistic, source);
    }

    /** The figure as it is now. */
    public long value(Statistic statistic) {
        LongSupplier gauge = gauges.get(statistic);
        return gauge == null ? counters[statistic.ordinal()].sum() : gauge.getAsLong();
    }

    /** A content has got its reply. */
    public void accepted(long nanos) {
        acceptance.add(nanos);
    }

    /** A sending has ended, well or not. */
    public void sending(long nanos) {
        sending.add(nanos);
    }

    /** Where events are told. */
    public Events events() {
        return events;
    }

    /** Refusals by reply: code and enhanced status code, as {@code 550 5.7.1}. */
    public NamedCounts replies() {
        return replies;
    }

    /** Sendings by next hop and outcome, as {@code relay.example.com:25 sent}. */
    public NamedCounts nextHops() {
        return nextHops;
    }

    /** Counters begin at zero again. */
    public void clear() {
        for (LongAdder counter : counters) {
            counter.reset();
        }
        replies.clear();
        nextHops.clear();
    }
}
