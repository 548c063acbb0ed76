package io.smtpra.ra.outbound;

import io.smtpra.ra.tls.ClientTls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices that key or trust material has changed: connections made with the former are used no more. It needs no thread
 * of its own, for whoever uses a connection looks, now and then.
 */
final class Certificates {

    private final Optional<ClientTls> tls;
    private final Duration interval;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());

    /**
     * Material that may change.
     *
     * @param interval how long a look at the files counts
     */
    Certificates(Optional<ClientTls> tls, Duration interval) {
        this.tls = tls;
        this.interval = interval;
    }

    /** Which material is in use: another number, other material. */
    int generation() {
        return tls.map(this::current).orElse(0);
    }

    private int current(ClientTls material) {
        long last = lookedAt.get();
        long now = System.nanoTime();
        if (now - last >= interval.toNanos() && lookedAt.compareAndSet(last, now)) {
            material.reloadIfChanged();
        }
        return material.generation();
    }
}
