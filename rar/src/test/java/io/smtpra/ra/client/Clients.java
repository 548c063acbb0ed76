package io.smtpra.ra.client;

import io.smtpra.SmtpException;
import io.smtpra.ra.client.net.ClientTimeouts;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.net.Watchdog;
import io.smtpra.ra.client.transfer.ClientExtensions;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.client.OutboundTls;
import java.time.Duration;
import java.util.Optional;

/** Configurations of the client for tests: short time-outs, and a name of its own. */
public final class Clients {

    /** Everything, even without TLS. */
    public static final AuthPolicy IN_THE_CLEAR = new AuthPolicy(AuthPolicy.DEFAULTS.mechanisms(), true, false);

    public static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(10);

    private Clients() {}

    public static ClientConfig config(ScriptedServer server) {
        return config(server, ClientExtensions.ALL, LONG);
    }

    /** One whose patience is soon at its end. */
    public static ClientConfig hasty(ScriptedServer server) {
        return config(server, ClientExtensions.ALL, SHORT);
    }

    public static ClientConfig config(ScriptedServer server, ClientExtensions extensions, Duration timeout) {
        return new ClientConfig("localhost", server.port(), OutboundTls.DISABLED, false, Optional.empty(),
                Optional.of("client.example.com"), ClientTimeouts.of(timeout, timeout, timeout), extensions,
                AuthPolicy.DEFAULTS);
    }

    public static ClientConfig with(ClientConfig config, OutboundTls tls, boolean fallback, ClientTls material) {
        return new ClientConfig(config.host(), config.port(), tls, fallback, Optional.of(material),
                config.heloName(), config.timeouts(), config.extensions(), config.auth());
    }

    public static ClientConfig with(ClientConfig config, AuthPolicy auth) {
        return new ClientConfig(config.host(), config.port(), config.tls(), config.fallbackToPlain(),
                config.clientTls(), config.heloName(), config.timeouts(), config.extensions(), auth);
    }

    public static ClientTls trustingAnyone() throws TlsConfigurationException {
        return ClientTls.open(ClientTlsConfig.of(CertificateCheck.NONE));
    }

    public static SmtpClientConnection open(ScriptedServer server) throws SmtpException {
        return open(config(server));
    }

    public static SmtpClientConnection open(ClientConfig config) throws SmtpException {
        return open(config, Optional.empty());
    }

    public static SmtpClientConnection open(ClientConfig config, Optional<AuthCredentials> credentials) throws SmtpException {
        return new SmtpClient(config, new Watchdog()).open(credentials, SendBudget.of(Duration.ofMinutes(1)));
    }
}
