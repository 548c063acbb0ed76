package io.smtpra.ra;

import io.smtpra.ra.authenticity.dkim.SignatureVerifier;
import io.smtpra.ra.authenticity.dns.DnsResolver;
import io.smtpra.ra.event.EventActivations;
import io.smtpra.ra.inbound.delivery.InboundDelivery;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.SmtpListener;
import io.smtpra.ra.inbound.mail.MailParser;
import io.smtpra.ra.inbound.smtp.ProtocolPorts;
import io.smtpra.ra.inbound.smtp.SmtpServerProtocol;
import io.smtpra.ra.inbound.smtp.content.MailIds;
import io.smtpra.ra.inbound.smtp.hook.AuthenticityPorts;
import io.smtpra.ra.inbound.smtp.hosting.HookConfigurationException;
import io.smtpra.ra.inbound.smtp.hosting.HookLoader;
import io.smtpra.ra.inbound.smtp.hosting.OutsideHooks;
import io.smtpra.ra.inbound.work.ServerContracts;
import io.smtpra.ra.log.AdapterMessages;
import io.smtpra.ra.management.CertificateKeeper;
import io.smtpra.ra.management.LimitControl;
import io.smtpra.ra.management.ListenerControl;
import io.smtpra.ra.management.ManagedBean;
import io.smtpra.ra.management.PortControl;
import io.smtpra.ra.management.StatisticsBean;
import io.smtpra.ra.message.ChunkPool;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.server.ServerModules;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.server.ServerTls;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Everything that runs between an adapter's start and its stop. What was started is ended in the opposite order. */
final class AdapterRuntime implements AutoCloseable {

    private static final int SPOOL_THREADS = 4;
    /** What it takes to close the connections that are left, on top of the time in which mails may be finished. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final AdapterConfig config;
    private final Telemetry telemetry;
    private final InboundDelivery delivery;
    private final EventActivations events;
    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final List<SmtpListener> listeners = new ArrayList<>();
    private final ChunkPool memory;
    private final OutboundStore outboundStore;
    private final CertificateKeeper certificates;
    private Optional<Steering> steering = Optional.empty();
    private final List<String> addresses = new ArrayList<>();

    /** What an administrator has of the listeners, once they listen. */
    private record Steering(List<PortControl> ports, ListenerControl listeners, LimitControl limits) {}

    private AdapterRuntime(
            AdapterConfig config, ServerContracts server, Supplier<? extends Collection<ClientTls>> outbound,
            Telemetry telemetry) {
        this.config = config;
        this.telemetry = telemetry;
        this.certificates = new CertificateKeeper(outbound);
        this.delivery = new InboundDelivery(server, config.deliveries(), config.routing(),
                new MailParser(config.hostName(), config.mails()));
        this.events = new EventActivations(delivery.threads(), telemetry, config.deliveries().shutdownTimeout());
        telemetry.gauge(Statistic.DELIVERIES_RUNNING, delivery::running);
        telemetry.gauge(Statistic.DELIVERIES_QUEUED, delivery::queued);
        telemetry.gauge(Statistic.DELIVERIES_QUEUE_LIMIT, delivery::queueLimit);
        telemetry.gauge(Statistic.DELIVERIES_OLDEST, () -> delivery.longestWait().toSeconds());
        telemetry.gauge(Statistic.CERTIFICATE_DAYS_LEFT, certificates::getDaysLeft);
        this.memory = config.store().memory();
        this.outboundStore = new OutboundStore(config.store(), memory);
        endings.push(outboundStore::close);
    }

    /**
     * Starts.
     *
     * @param outbound what the connection factories use now
     * @param telemetry where it counts
     * @throws ResourceAdapterInternalException if anything fails: then, as after an error, nothing of it runs any more
     */
    static AdapterRuntime start(
            AdapterConfig config, ServerContracts server, Supplier<? extends Collection<ClientTls>> outbound,
            Telemetry telemetry)
            throws ResourceAdapterInternalException {
        AdapterRuntime runtime = new AdapterRuntime(config, server, outbound, telemetry);
        try {
            OutsideHooks hooks = config.listeners().isEmpty() ? OutsideHooks.of(List.of()) : runtime.loadHooks();
            CallerSupport.check(config, server.workManager(), hooks);
            runtime.delivery.recover();
            runtime.openCertificates();
            if (!config.listeners().isEmpty()) {
                runtime.startListeners(hooks);
            }
            runtime.manage();
            return runtime;
        } catch (ResourceAdapterInternalException | RuntimeException | Error e) {
            runtime.close();
            throw e;
        } finally {
            ListenerRuntime.leaveThread();
        }
    }

    InboundDelivery delivery() {
        return delivery;
    }

    EventActivations events() {
        return events;
    }

    OutboundStore outboundStore() {
        return outboundStore;
    }

    @Override
    public void close() {
        try {
            end();
        } finally {
            ListenerRuntime.leaveThread();
        }
    }

    private void end() {
        long end = System.nanoTime() + config.deliveries().shutdownTimeout().toNanos();
        drain();
        events.close();
        delivery.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        while (!endings.isEmpty()) {
            try {
                endings.pop().run();
            } catch (RuntimeException e) {
                AdapterMessages.LOG.partNotEnded(e);
            }
        }
    }

    private void startListeners(OutsideHooks hooks) throws ResourceAdapterInternalException {
        ContentStore store = openStore();
        if (config.postmaster().isEmpty()) {
            AdapterMessages.LOG.noPostmaster();
        }
        SmtpServerProtocol protocol = new SmtpServerProtocol(config.protocol(), new ProtocolPorts(
                delivery.gate(),
                delivery.sink(),
                store,
                new MailIds(),
                CallerSupport.isLeftToHooks(config, hooks) ? Optional.empty()
                        : Optional.of(delivery.authenticator(config.certificateUsers(), config.securityDomain())),
                delivery.directory(),
                hooks,
                config.postmaster(),
                Optional.of(authenticity()),
                Clock.systemUTC()));
        ListenerRuntime runtime = new ListenerRuntime(
                Runtime.getRuntime().availableProcessors(), config.connections(), config.handshakeFailures(), telemetry);
        endings.push(runtime::close);
        for (ListenerConfig listener : config.listeners()) {
            Optional<ServerTls> tls =
                    Optional.of(certificates.tls(config.clientCertificates().get(listener.kind())));
            listen(listener, new SmtpListener(listener, protocol, tls, runtime));
        }
        List<PortControl> ports = listeners.stream().map(PortControl::new).toList();
        steering = Optional.of(new Steering(ports, new ListenerControl(ports, runtime),
                new LimitControl(runtime, protocol.limits())));
    }

    private AuthenticityPorts authenticity() {
        DnsResolver dns = DnsResolver.start(config.dns());
        endings.push(dns::close);
        return new AuthenticityPorts(config.authenticity(), config.trustedNetworks(), dns, new SignatureVerifier(),
                delivery.hookThreads());
    }

    private OutsideHooks loadHooks() throws ResourceAdapterInternalException {
        try {
            OutsideHooks hooks = new HookLoader(config.hooks(), ServerModules::classLoader).load(delivery.hookThreads());
            endings.push(hooks::destroy);
            hooks.eventListeners().forEach(events::listen);
            return hooks;
        } catch (HookConfigurationException e) {
            throw new ResourceAdapterInternalException(AdapterMessages.LOG.invalidConfiguration(
                    "resource adapter", "property " + e.getMessage()), e);
        }
    }

    private ContentStore openStore() throws ResourceAdapterInternalException {
        ExecutorService spool = Executors.newFixedThreadPool(SPOOL_THREADS, task -> daemon(task, "smtp-ra spool"));
        endings.push(spool::shutdown);
        try {
            ContentStore store = new ContentStore(config.store().on(spool, memory));
            endings.push(store::close);
            telemetry.gauge(Statistic.MEMORY_IN_USE, store::memoryInUse);
            telemetry.gauge(Statistic.SPOOL_FILES, store::filesInUse);
            return store;
        } catch (IOException e) {
            throw new ResourceAdapterInternalException(AdapterMessages.LOG.spoolDirectoryUnusable(
                    config.store().spoolDirectory(), e.getMessage()), e);
        }
    }

    private void openCertificates() throws ResourceAdapterInternalException {
        endings.push(certificates::close);
        try {
            certificates.open(config.tls(), config.listeners().stream()
                    .map(listener -> config.clientCertificates().get(listener.kind())).toList());
        } catch (TlsConfigurationException e) {
            throw new ResourceAdapterInternalException(AdapterMessages.LOG.invalidConfiguration(
                    "resource adapter", "property " + e.getMessage()), e);
        }
        certificates.start();
    }

    /** The first address is the name by which an administrator finds the adapter. */
    private void manage() {
        manage(certificates, "Certificates");
        manage(new StatisticsBean(telemetry), "Statistics");
        steering.ifPresent(listening -> {
            manage(listening.listeners(), "Listeners");
            manage(listening.limits(), "Limits");
            listening.ports().forEach(port -> manage(ManagedBean.registerListener(port, name(), port.address())));
        });
    }

    private String name() {
        return addresses.stream().findFirst().orElse("none");
    }

    private void manage(Object bean, String type) {
        manage(ManagedBean.register(bean, type, name()));
    }

    private void manage(AutoCloseable managed) {
        endings.push(() -> {
            try {
                managed.close();
            } catch (Exception e) {
                AdapterMessages.LOG.managementBeanStays(e);
            }
        });
    }

    private void listen(ListenerConfig listener, SmtpListener started) throws ResourceAdapterInternalException {
        try {
            InetSocketAddress address = started.start();
            addresses.add(address.getAddress().getHostAddress() + ":" + address.getPort());
            listeners.add(started);
        } catch (IOException e) {
            throw new ResourceAdapterInternalException(AdapterMessages.LOG.portUnusable(
                    ListenerConfig.portProperty(listener.kind()), listener.bindAddress().getPort(), e.getMessage()), e);
        }
    }

    /** Lets no further mail in, and gives what is on its way in the time to end. */
    private void drain() {
        Duration limit = config.deliveries().shutdownTimeout();
        CompletableFuture<?> drained = CompletableFuture.allOf(listeners.stream()
                .map(listener -> listener.stop(limit).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
        try {
            drained.get(limit.plus(CLOSING).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            AdapterMessages.LOG.connectionsClosed(limit.toSeconds(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        // without what a server hands down to new threads: the ids of a session in the log's context
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
