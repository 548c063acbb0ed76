package io.smtpra.ra.management;

import io.smtpra.ra.log.TlsMessages;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.material.CertificateFacts;
import io.smtpra.ra.tls.server.ClientCertificates;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks after the certificates of a running adapter: reads those of the listeners again when their files change, warns
 * before any expires, and tells an administrator of them. Connection factories read theirs again as they use them.
 */
public final class CertificateKeeper implements CertificatesMXBean, AutoCloseable {

    private static final long CHECK_SECONDS = 10;
    private static final long SECONDS_OF_A_DAY = 86_400;

    /** Something of which the material can be read again. */
    @FunctionalInterface
    private interface Reload {

        void now() throws TlsConfigurationException;
    }

    private final Map<ClientCertificates, ServerTls> listeners = new EnumMap<>(ClientCertificates.class);
    private final Supplier<? extends Collection<ClientTls>> factories;
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "smtp-ra certificates");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A keeper; it begins to look with {@link #start()}.
     *
     * @param factories what the connection factories use now
     */
    public CertificateKeeper(Supplier<? extends Collection<ClientTls>> factories) {
        this.factories = factories;
    }

    /**
     * Opens what the listeners need.
     *
     * @param asked in what ways their clients are asked for certificates
     * @throws TlsConfigurationException if any of the material can't be used, and why
     */
    public void open(ServerTlsConfig config, Collection<ClientCertificates> asked) throws TlsConfigurationException {
        ServerTls first = null;
        for (ClientCertificates way : asked) {
            if (!listeners.containsKey(way)) {
                first = first == null ? ServerTls.open(config.asking(way)) : first;
                listeners.put(way, listeners.isEmpty() ? first : first.asking(way));
            }
        }
    }

    /** What a listener uses whose clients are asked in this way. */
    public ServerTls tls(ClientCertificates asked) {
        return Optional.ofNullable(listeners.get(asked)).orElseThrow();
    }

    public void start() {
        checks.scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private void check() {
        try {
            listeners.values().forEach(ServerTls::reloadIfChanged);
            // They all have the same certificates.
            listeners.values().stream().findFirst().ifPresent(ServerTls::warnBeforeExpiry);
            factories.get().forEach(ClientTls::warnBeforeExpiry);
        } catch (RuntimeException e) {
            // Thrown on, it would end the checks for good.
            TlsMessages.LOG.notCheckedForChanges(e);
        }
    }

    @Override
    public String getExpires() {
        return CertificateFacts.firstExpiry(certificates().toList()).map(Instant::toString).orElse("");
    }

    @Override
    public long getDaysLeft() {
        return CertificateFacts.firstExpiry(certificates().toList())
                .map(expires -> Math.floorDiv(Duration.between(Instant.now(), expires).toSeconds(), SECONDS_OF_A_DAY))
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public List<String> getCertificates() {
        return certificates()
                .map(known -> known.subject() + ", issued by " + known.issuer() + ", valid until " + known.expires()
                        + ", SHA-256 " + known.fingerprint())
                .distinct()
                .toList();
    }

    private Stream<CertificateFacts> certificates() {
        return Stream.concat(
                listeners.values().stream().limit(1).map(ServerTls::certificates),
                factories.get().stream().map(ClientTls::certificates)).flatMap(List::stream);
    }

    @Override
    public void reload() {
        List<String> faults = new ArrayList<>();
        Stream.concat(
                listeners.values().stream().<Reload>map(tls -> tls::reload),
                factories.get().stream().<Reload>map(tls -> tls::reload))
                .forEach(reload -> {
                    try {
                        reload.now();
                    } catch (TlsConfigurationException e) {
                        faults.add(e.getMessage());
                    }
                });
        if (!faults.isEmpty()) {
            String reasons = String.join("; ", faults.stream().distinct().toList());
            TlsMessages.LOG.unusableMaterial(reasons);
            throw new IllegalStateException(reasons);
        }
        TlsMessages.LOG.readAgain();
    }

    @Override
    public void flushSessions() {
        try {
            ServerTls.flushSessions(listeners.values());
        } catch (TlsConfigurationException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        TlsMessages.LOG.sessionsForgotten();
    }

    @Override
    public void close() {
        checks.shutdownNow();
        listeners.values().forEach(ServerTls::close);
    }
}
