package io.smtpra.ra.telemetry;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts under names that are not known beforehand. Past a bound, what is new counts as {@link #OTHERS}. */
public final class NamedCounts {

    /** What does not fit any more. */
    public static final String OTHERS = "others";
    static final int MOST_NAMES = 500;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    NamedCounts() {}

    /** One more of this name. */
    public void count(String name) {
        LongAdder known = counts.get(name);
        if (known == null) {
            String kept = counts.size() < MOST_NAMES ? name : OTHERS;
            known = counts.computeIfAbsent(kept, added -> new LongAdder());
        }
        known.increment();
    }

    /** All counts, by name. */
    public SortedMap<String, Long> values() {
        SortedMap<String, Long> values = new TreeMap<>();
        counts.forEach((name, count) -> values.put(name, count.sum()));
        return values;
    }

    void clear() {
        counts.clear();
    }
}
