package io.smtpra.ra.authenticity.dns;

import io.smtpra.authenticity.DnsRecordType;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Answers that still hold, the least used of which make room for others. */
final class AnswerCache {

    /** What is asked. */
    record Question(String name, DnsRecordType type) {}

    private record Entry(CachedAnswer answer, long end) {}

    private final int maxEntries;
    private final long maxWeight;
    private final LongSupplier nanoTime;
    private final Map<Question, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /**
     * A cache.
     *
     * @param maxEntries how many answers
     * @param maxWeight the memory that they may take, in octets, about
     * @param nanoTime a clock
     */
    AnswerCache(int maxEntries, long maxWeight, LongSupplier nanoTime) {
        this.maxEntries = maxEntries;
        this.maxWeight = maxWeight;
        this.nanoTime = nanoTime;
    }

    synchronized Optional<CachedAnswer> find(Question question) {
        Entry entry = entries.get(question);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.end() - nanoTime.getAsLong() <= 0) {
            remove(question);
            return Optional.empty();
        }
        return Optional.of(entry.answer());
    }

    synchronized void keep(Question question, CachedAnswer answer) {
        if (answer.life().isZero() || answer.weight() > maxWeight) {
            return;
        }
        remove(question);
        entries.put(question, new Entry(answer, nanoTime.getAsLong() + answer.life().toNanos()));
        weight += answer.weight();
        Iterator<Entry> eldest = entries.values().iterator();
        while (entries.size() > maxEntries || weight > maxWeight) {
            weight -= eldest.next().answer().weight();
            eldest.remove();
        }
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized long weight() {
        return weight;
    }

    private void remove(Question question) {
        Entry removed = entries.remove(question);
        if (removed != null) {
            weight -= removed.answer().weight();
        }
    }
}
