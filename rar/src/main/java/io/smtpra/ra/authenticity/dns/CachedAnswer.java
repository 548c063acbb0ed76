package io.smtpra.ra.authenticity.dns;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsAnswer.Status;
import java.time.Duration;
import java.util.List;

/**
 * An answer and how long it holds.
 *
 * @param answer the answer
 * @param life how long it holds; zero: for those alone who have asked
 */
record CachedAnswer(DnsAnswer answer, Duration life) {

    /** How long nobody asks again after a failure (RFC 9520 section 3.2). */
    private static final Duration FAILURE = Duration.ofSeconds(5);
    /** What an entry costs beside its values, about. */
    private static final int ENTRY = 300;
    private static final int VALUE = 60;

    static CachedAnswer failed(String reason) {
        return new CachedAnswer(new DnsAnswer(Status.FAILED, List.of(), false, reason), FAILURE);
    }

    /** There can be no such name: known without asking. */
    static CachedAnswer noSuchName() {
        return new CachedAnswer(new DnsAnswer(Status.NO_NAME, List.of(), false, ""), Duration.ZERO);
    }

    /** The memory that it takes, about. */
    int weight() {
        return ENTRY + answer.values().stream().mapToInt(value -> VALUE + value.length()).sum();
    }
}
