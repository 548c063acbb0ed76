package io.smtpra.ra.tls.client;

import io.smtpra.TlsFacts;
import io.smtpra.idna.DomainName;
import io.smtpra.ra.tls.Reloadable;
import io.smtpra.ra.tls.SessionFacts;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.client.TlsHandshakeException.Reason;
import io.smtpra.ra.tls.material.CertificateFacts;
import io.smtpra.ra.tls.material.ExpiryWarnings;
import io.smtpra.ra.tls.material.Identity;
import io.smtpra.ra.tls.material.IdentityKeyManager;
import io.smtpra.ra.tls.material.IdentityLoader;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TrustLoader;
import io.smtpra.ra.tls.material.TrustMaterial;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS to servers that we connect to. Sessions are resumed. No thread of its own; the owner calls
 * {@link #reloadIfChanged()} from time to time.
 */
public final class ClientTls {

    /** No name of a host ends in a part that is a number (RFC 1123 section 2.1, RFC 3696 section 2). */
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);

    private final ClientTlsConfig config;
    private final Clock clock;
    private final IdentityLoader loader;
    private final Reloadable<State> state;
    private final ExpiryWarnings expiryWarnings = new ExpiryWarnings();

    /** One state of the material; connections keep the one that they began with. */
    private record State(ClientContexts contexts, List<Identity> identities) {}

    /**
     * A connection with TLS on top.
     *
     * @param socket the encrypted socket
     * @param settled to be called when something has been read: what the server sends to resume the session by has come
     *     before it, and the next handshake may use it
     */
    public record Layered(SSLSocket socket, Runnable settled) {}

    private ClientTls(ClientTlsConfig config, Clock clock) throws TlsConfigurationException {
        this.config = config;
        this.clock = clock;
        this.loader = new IdentityLoader(clock, selfSigned -> {
            throw new TlsConfigurationException(TlsProperty.CERTIFICATE_FILE, "",
                    "a self-signed certificate is made for listeners alone");
        });
        TlsParameters.protocols(config.protocols());
        TlsParameters.checked(config.cipherSuites(), TlsParameters.jdkCipherSuites());
        this.state = new Reloadable<>(files(config), this::load);
    }

    /**
     * Reads key and trust material and checks that it can be used.
     *
     * @param config what is wanted
     * @return TLS for connections
     * @throws TlsConfigurationException if any of it can't be used, and why
     */
    public static ClientTls open(ClientTlsConfig config) throws TlsConfigurationException {
        return open(config, Clock.systemUTC());
    }

    static ClientTls open(ClientTlsConfig config, Clock clock) throws TlsConfigurationException {
        return new ClientTls(config, clock);
    }

    /**
     * Puts TLS on top of a connection and does the whole handshake. It takes as long as the connection lets it: all
     * reads of the connection together must end in time, for a socket's own timeout bounds each of them alone, and a
     * peer that sends an octet now and then would never be done.
     *
     * @param connected the connection; closed if the handshake fails, and with the socket that is returned
     * @param host the host that was asked for: it goes to the server as SNI unless it is an address, and is what the
     *     certificate is checked against
     * @param port the port that was asked for
     * @return the encrypted connection
     * @throws TlsHandshakeException if the handshake fails
     * @throws IOException if the connection can't be closed after that
     */
    public Layered layered(Socket connected, String host, int port) throws IOException {
        boolean done = false;
        try {
            String name = peerName(host);
            ClientContexts contexts = state.current().contexts();
            SSLContext context = contexts.take();
            SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(connected, name, port, true);
            socket.setSSLParameters(parameters(socket.getSSLParameters(), name));
            socket.startHandshake();
            done = true;
            return new Layered(socket, () -> contexts.giveBack(context));
        } catch (IOException e) {
            throw failure(e, host + ":" + port);
        } finally {
            if (!done) {
                connected.close();
            }
        }
    }

    /**
     * What is checked of the certificate of a server.
     *
     * @return the check
     */
    public CertificateCheck check() {
        return config.check();
    }

    /**
     * As {@link #layered}, for a connection that does not care for the next.
     *
     * @param connected the connection
     * @param host the host that was asked for
     * @param port the port that was asked for
     * @return the encrypted socket
     * @throws IOException as there
     */
    public SSLSocket layer(Socket connected, String host, int port) throws IOException {
        Layered layered = layered(connected, host, port);
        layered.settled().run();
        return layered.socket();
    }

    /**
     * What a handshake came to.
     *
     * @param socket one that {@link #layered} or {@link #layer} returned
     * @return the facts; the peer is verified unless nothing is checked
     */
    public TlsFacts facts(SSLSocket socket) {
        return SessionFacts.of(socket.getSession(),
                chain -> config.check() != CertificateCheck.NONE && !chain.isEmpty());
    }

    /**
     * Reads key and trust material again.
     *
     * @throws TlsConfigurationException if any of it can't be used; then nothing has changed
     */
    public void reload() throws TlsConfigurationException {
        state.reload();
    }

    /**
     * Which material is in use: another number, other material.
     *
     * @return the number
     */
    public int generation() {
        return state.generation();
    }

    /**
     * Our own certificates.
     *
     * @return what is known of each; none where the server manages them
     */
    public List<CertificateFacts> certificates() {
        return CertificateFacts.of(state.current().identities());
    }

    /** Logs a warning 21, 7 and 1 days before our certificate expires, and when it has: once each. */
    public void warnBeforeExpiry() {
        expiryWarnings.due(state.current().identities(), clock.instant()).forEach(LOG::warn);
    }

    /**
     * Reads key and trust material again if a file has changed. What can't be used is logged and left aside.
     *
     * @return whether new material is in use
     */
    public boolean reloadIfChanged() {
        return state.reloadIfChanged();
    }

    private SSLParameters parameters(SSLParameters parameters, String name) {
        parameters.setProtocols(protocols().toArray(String[]::new));
        if (!config.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(config.cipherSuites().toArray(String[]::new));
        }
        parameters.setServerNames(serverName(name).stream().toList());
        parameters.setEndpointIdentificationAlgorithm(
                config.check() == CertificateCheck.CHAIN_AND_HOST ? "HTTPS" : null);
        return parameters;
    }

    private List<String> protocols() {
        return config.protocols().isEmpty() ? TlsParameters.PROTOCOLS : config.protocols();
    }

    private TlsHandshakeException failure(IOException cause, String peer) {
        if (causedBy(cause, SocketTimeoutException.class)) {
            return new TlsHandshakeException(
                    Reason.TIMEOUT, "TLS handshake with " + peer + " not finished in time", cause);
        }
        if (causedBy(cause, CertificateException.class)) {
            return new TlsHandshakeException(Reason.CERTIFICATE, "certificate of " + peer + " refused ("
                    + config.check() + "): " + cause.getMessage(), cause);
        }
        return new TlsHandshakeException(
                Reason.PROTOCOL, "TLS handshake with " + peer + " failed: " + cause.getMessage(), cause);
    }

    private State load() throws TlsConfigurationException {
        if (config.clientKey().orElse(null) instanceof KeyMaterial.ServerContext foreign) {
            if (config.check() == CertificateCheck.NONE || config.trust().isPresent()) {
                throw new TlsConfigurationException(TlsProperty.SSL_CONTEXT, foreign.name(), "with a context of the "
                        + "server, its own trusted certificates hold: none may be configured here, and the check of "
                        + "certificates must be chain or chainAndHost");
            }
            SSLContext found = Optional.ofNullable(foreign.context().get()).orElseThrow(
                    () -> new TlsConfigurationException(TlsProperty.SSL_CONTEXT, foreign.name(),
                            "the server has no SSL context of this name, or it does not start"));
            return new State(ClientContexts.foreign(found), List.of());
        }
        List<Identity> identities = loader.load(config.clientKey().stream().toList());
        KeyManager[] keys = identities.isEmpty() ? new KeyManager[0]
                : new KeyManager[] {new IdentityKeyManager(identities)};
        TrustManager trust = config.check() == CertificateCheck.NONE ? new AcceptingTrustManager()
                : TrustLoader.load(config.trust().orElseGet(TrustMaterial.JvmDefault::new), config.revocationCheck());
        return new State(ClientContexts.made(() -> made(keys, trust)), identities);
    }

    private static SSLContext made(KeyManager[] keys, TrustManager trust) {
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(keys, new TrustManager[] {trust}, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }

    /** A name as it stands in certificates: without the dot at its end, and in ASCII (RFC 5890). */
    private static String peerName(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            return isAddress(name) ? name : DomainName.parse(name).ascii();
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /** An address is not sent as SNI (RFC 6066, section 3). */
    private static Optional<SNIServerName> serverName(String name) {
        try {
            return isAddress(name) ? Optional.empty() : Optional.of(new SNIHostName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> files(ClientTlsConfig config) {
        return Stream.concat(config.clientKey().stream().flatMap(IdentityLoader::files),
                config.trust().stream().flatMap(TrustLoader::files)).distinct().toList();
    }
}
