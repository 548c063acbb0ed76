package io.smtpra.ra.outbound.relay;

import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.client.SmtpClient;
import io.smtpra.ra.client.net.Watchdog;
import io.smtpra.ra.client.transfer.PeerOffer;
import io.smtpra.ra.telemetry.Telemetry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the sessions of one connection factory share. */
public final class RelayContext {

    private static final Duration CERTIFICATE_INTERVAL = Duration.ofSeconds(10);

    private final RelayConfig config;
    private final SendLog log;
    private final Certificates certificates;
    private final Watchdog watchdog = new Watchdog();
    private final LeaseWaits waits = new LeaseWaits(watchdog);
    private final Map<ClientConfig, SmtpClient> clients = new ConcurrentHashMap<>();
    private final SendIds ids = new SendIds();
    private final RestingHosts resting = new RestingHosts();
    private final LogInPause logIns = new LogInPause();
    private final Map<NextHop, Learnt> learnt = new ConcurrentHashMap<>();

    /**
     * For one configuration.
     *
     * @param telemetry counts what was sent
     */
    public RelayContext(RelayConfig config, Telemetry telemetry) {
        this.config = config;
        this.log = new SendLog(telemetry);
        this.certificates = new Certificates(config.clientTls(), CERTIFICATE_INTERVAL);
    }

    /** How mail is relayed. */
    public RelayConfig config() {
        return config;
    }

    /** A receipt with an id of its own. */
    public Receipt newReceipt() {
        return new Receipt(ids.next());
    }

    SendLog log() {
        return log;
    }

    Certificates certificates() {
        return certificates;
    }

    SmtpClient client(ClientConfig host) {
        return clients.computeIfAbsent(host, next -> new SmtpClient(next, watchdog));
    }

    LeaseWaits waits() {
        return waits;
    }

    RestingHosts resting() {
        return resting;
    }

    LogInPause logIns() {
        return logIns;
    }

    void learn(NextHop hop, PeerOffer offer) {
        learnt.put(hop, new Learnt(offer, System.nanoTime()));
    }

    /**
     * What the last session with a next hop has learnt, unless it is too long ago: the next hop may have changed since.
     */
    Optional<PeerOffer> learnt(NextHop hop) {
        return Optional.ofNullable(learnt.get(hop))
                .filter(last -> System.nanoTime() - last.at <= config.reuse().maxAge().toNanos())
                .map(Learnt::offer);
    }

    private record Learnt(PeerOffer offer, long at) {}
}
