package io.smtpra.ra.outbound.relay;

import io.smtpra.ra.client.ClientConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The hosts that could not be reached lately. Each rests, longer from failure to failure, so that not every mail waits
 * for it before it goes to the next one.
 */
final class RestingHosts {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Map<String, Rest> rests = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    RestingHosts() {
        this(System::nanoTime);
    }

    RestingHosts(LongSupplier clock) {
        this.clock = clock;
    }

    /** In which order to try: those that do not rest as they were given; then the others, whose rest is over first. */
    List<ClientConfig> order(List<ClientConfig> hosts) {
        if (hosts.size() == 1 || rests.isEmpty()) {
            return hosts;
        }
        long now = clock.getAsLong();
        List<ClientConfig> order = new ArrayList<>(hosts);
        order.sort(Comparator.comparingLong(host -> left(host, now)));
        return order;
    }

    void failed(ClientConfig host) {
        long now = clock.getAsLong();
        rests.compute(NextHop.name(host), (name, last) -> {
            Duration next = last == null ? FIRST : last.length.multipliedBy(2);
            Duration length = next.compareTo(LONGEST) > 0 ? LONGEST : next;
            return new Rest(length, now + length.toNanos());
        });
    }

    void reached(ClientConfig host) {
        rests.remove(NextHop.name(host));
    }

    private long left(ClientConfig host, long now) {
        Rest rest = rests.get(NextHop.name(host));
        return rest == null ? 0 : Math.max(0, rest.until - now);
    }

    private record Rest(Duration length, long until) {}
}
