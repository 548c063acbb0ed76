package io.smtpra.ra.client;

import io.smtpra.SmtpException;
import io.smtpra.ra.client.net.HostAddresses;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.net.Watchdog;
import io.smtpra.ra.sasl.AuthCredentials;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client of one next hop: opens connections to it, and keeps what these have to know of each other. May be used by
 * any number of threads.
 */
public final class SmtpClient {

    private final ClientConfig config;
    private final HostAddresses addresses;
    private final Watchdog watchdog;
    private final AtomicBoolean bdatFails = new AtomicBoolean();

    /**
     * A client that has no connection yet.
     *
     * @param config the next hop
     * @param watchdog ends what waits too long
     */
    public SmtpClient(ClientConfig config, Watchdog watchdog) {
        this(config, watchdog, new HostAddresses(config.host(), config.port()));
    }

    SmtpClient(ClientConfig config, Watchdog watchdog, HostAddresses addresses) {
        this.config = config;
        this.watchdog = watchdog;
        this.addresses = addresses;
    }

    /**
     * Connects, says hello, negotiates TLS as configured, and authenticates if there are credentials.
     *
     * @param credentials by what to authenticate
     * @param budget how long it may take in all
     * @return a connection that is ready to send
     * @throws SmtpException if the next hop cannot be reached on these terms; nothing is left open
     */
    public SmtpClientConnection open(Optional<AuthCredentials> credentials, SendBudget budget) throws SmtpException {
        return new Opening(config, addresses, credentials, watchdog, bdatFails, budget).run();
    }
}
