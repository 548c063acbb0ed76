package io.smtpra.ra.outbound.relay;

import io.smtpra.ra.tls.client.ClientTls;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices that key or trust material has changed: connections made with the former are used no more. It needs no thread
 * of its own, for whoever uses a connection looks, now and then.
 */
final class Certificates {

    private final Set<ClientTls> materials;
    private final Duration interval;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());

    /**
     * Material that may change.
     *
     * @param interval how long a look at the files counts
     */
    Certificates(Set<ClientTls> materials, Duration interval) {
        this.materials = Set.copyOf(materials);
        this.interval = interval;
    }

    /** Which material is in use: another number, other material. */
    int generation() {
        if (materials.isEmpty()) {
            return 0;
        }
        long last = lookedAt.get();
        long now = System.nanoTime();
        if (now - last >= interval.toNanos() && lookedAt.compareAndSet(last, now)) {
            materials.forEach(ClientTls::reloadIfChanged);
        }
        int generation = 0;
        for (ClientTls material : materials) {
            generation += material.generation();
        }
        return generation;
    }
}
