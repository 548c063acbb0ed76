package io.smtpra.ra.tls.client;

import io.smtpra.TlsFacts;
import io.smtpra.idna.DomainName;
import io.smtpra.ra.log.TlsMessages;
import io.smtpra.ra.tls.Reloadable;
import io.smtpra.ra.tls.SessionFacts;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.TlsHandshakeException.Reason;
import io.smtpra.ra.tls.material.CertificateFacts;
import io.smtpra.ra.tls.material.ExpiryWarnings;
import io.smtpra.ra.tls.material.Identity;
import io.smtpra.ra.tls.material.IdentityKeyManager;
import io.smtpra.ra.tls.material.IdentityLoader;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TrustLoader;
import io.smtpra.ra.tls.material.TrustMaterial;
import io.smtpra.ra.tls.openssl.OpenSslContext;
import io.smtpra.ra.tls.openssl.OpenSslLibrary;
import io.smtpra.ra.tls.openssl.ProviderChoice;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS to servers that we connect to. Sessions are resumed. No thread of its own; the owner calls
 * {@link #reloadIfChanged()} from time to time.
 */
public final class ClientTls {

    /** No name of a host ends in a part that is a number (RFC 1123 section 2.1, RFC 3696 section 2). */
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final int MOST_SESSIONS = 1_000;
    private static final int SESSION_SECONDS = 3_600;

    private final ClientTlsConfig config;
    private final Clock clock;
    private final IdentityLoader loader;
    private final Reloadable<State> state;
    private final ExpiryWarnings expiryWarnings = new ExpiryWarnings();

    /** One state of the material; connections keep the one that they began with. */
    private record State(ClientEngines engines, List<Identity> identities, ProviderChoice choice) {}

    private ClientTls(ClientTlsConfig config, Clock clock) throws TlsConfigurationException {
        this.config = config;
        this.clock = clock;
        this.loader = new IdentityLoader(clock, selfSigned -> {
            throw new TlsConfigurationException(TlsProperty.CERTIFICATE_FILE, "",
                    "a self-signed certificate is made for listeners alone");
        });
        TlsParameters.protocols(config.protocols());
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
        ClientTls tls = new ClientTls(config, clock);
        TlsMessages.LOG.factoryLibrary(tls.state.current().choice());
        return tls;
    }

    /**
     * What makes and reads the records of a connection that is there. Its handshake has not begun.
     *
     * @param host the host that was asked for: it goes to the server as SNI unless it is an address, and is what the
     *     certificate is checked against
     * @param port the port that was asked for
     * @return the engine, to be released
     */
    public ClientEngine engine(String host, int port) {
        return state.current().engines().newEngine(peerName(host), port);
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
     * What a handshake came to.
     *
     * @param session of an engine that was made here
     * @return the facts; the peer is verified unless nothing is checked
     */
    public TlsFacts facts(SSLSession session) {
        return SessionFacts.of(session, chain -> config.check() != CertificateCheck.NONE && !chain.isEmpty());
    }

    /**
     * What a handshake failed of.
     *
     * @param cause what was thrown meanwhile
     * @param peer the server, as messages name it
     * @return the same with a reason
     */
    public TlsHandshakeException failure(IOException cause, String peer) {
        if (cause instanceof SocketTimeoutException) {
            return new TlsHandshakeException(
                    Reason.TIMEOUT, "TLS handshake with " + peer + " not finished in time", cause);
        }
        Optional<CertificateException> refused = Stream.<Throwable>iterate(cause, Objects::nonNull, Throwable::getCause)
                .filter(CertificateException.class::isInstance).map(CertificateException.class::cast).findFirst();
        if (refused.isPresent()) {
            return new TlsHandshakeException(Reason.CERTIFICATE, "certificate of " + peer + " refused ("
                    + config.check() + "): " + refused.get().getMessage(), cause);
        }
        return new TlsHandshakeException(
                Reason.PROTOCOL, "TLS handshake with " + peer + " failed: " + cause.getMessage(), cause);
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
        expiryWarnings.due(state.current().identities(), clock.instant()).forEach(TlsMessages.LOG::expires);
    }

    /**
     * Reads key and trust material again if a file has changed. What can't be used is logged and left aside.
     *
     * @return whether new material is in use
     */
    public boolean reloadIfChanged() {
        return state.reloadIfChanged();
    }

    private void setUp(SSLEngine engine, String name) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols().toArray(String[]::new));
        if (!config.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(config.cipherSuites().toArray(String[]::new));
        }
        setName(parameters, name);
        engine.setSSLParameters(parameters);
    }

    /** Versions and suites are the context's. */
    private void setUpOpenSsl(SSLEngine engine, String name) {
        SSLParameters parameters = new SSLParameters();
        setName(parameters, name);
        engine.setSSLParameters(parameters);
    }

    private void setName(SSLParameters parameters, String name) {
        parameters.setServerNames(serverName(name).stream().toList());
        parameters.setEndpointIdentificationAlgorithm(
                config.check() == CertificateCheck.CHAIN_AND_HOST ? "HTTPS" : null);
    }

    private List<String> protocols() {
        return config.protocols().isEmpty() ? TlsParameters.PROTOCOLS : config.protocols();
    }

    private State load() throws TlsConfigurationException {
        if (config.clientKey().orElse(null) instanceof KeyMaterial.ServerContext foreign) {
            return new State(JdkEngines.foreign(foreign(foreign), this::setUp), List.of(),
                    new ProviderChoice(Optional.empty(), "a context of the server's own"));
        }
        List<Identity> identities = loader.load(config.clientKey().stream().toList());
        Optional<X509ExtendedKeyManager> keys = Optional.of(identities)
                .filter(found -> !found.isEmpty()).map(IdentityKeyManager::new);
        X509ExtendedTrustManager trust = config.check() == CertificateCheck.NONE ? new AcceptingTrustManager()
                : TrustLoader.load(config.trust().orElseGet(TrustMaterial.JvmDefault::new), config.revocationCheck());
        ProviderChoice choice = ProviderChoice.of(
                config.provider(), protocols(), config.cipherSuites(), Identity.openSslObjection(identities));
        if (choice.library().isPresent()) {
            return new State(new OpenSslEngines(openSsl(choice.library().get(), keys, trust), this::setUpOpenSsl),
                    identities, choice);
        }
        TlsParameters.checked(config.cipherSuites(), TlsParameters.jdkCipherSuites());
        return new State(JdkEngines.made(() -> made(keys, trust), this::setUp), identities, choice);
    }

    private SSLContext foreign(KeyMaterial.ServerContext foreign) throws TlsConfigurationException {
        if (config.check() == CertificateCheck.NONE || config.trust().isPresent()) {
            throw new TlsConfigurationException(TlsProperty.SSL_CONTEXT, foreign.name(), "with a context of the "
                    + "server, its own trusted certificates hold: none may be configured here, and the check of "
                    + "certificates must be chain or chainAndHost");
        }
        if (config.provider() == TlsProvider.OPENSSL) {
            throw new TlsConfigurationException(TlsProperty.SSL_CONTEXT, foreign.name(),
                    "a context of the server can't be used with the provider openssl");
        }
        TlsParameters.checked(config.cipherSuites(), TlsParameters.jdkCipherSuites());
        return Optional.ofNullable(foreign.context().get()).orElseThrow(
                () -> new TlsConfigurationException(TlsProperty.SSL_CONTEXT, foreign.name(),
                        "the server has no SSL context of this name, or it does not start"));
    }

    private OpenSslContext openSsl(OpenSslLibrary library, Optional<X509ExtendedKeyManager> keys,
            X509ExtendedTrustManager trust) {
        List<String> suites =
                config.cipherSuites().isEmpty() ? List.copyOf(library.cipherSuites()) : config.cipherSuites();
        return library.client(new OpenSslLibrary.Settings(keys, Optional.of(trust),
                ProviderChoice.speakable(protocols(), suites), suites, MOST_SESSIONS, SESSION_SECONDS));
    }

    private static SSLContext made(Optional<X509ExtendedKeyManager> keys, TrustManager trust) {
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(keys.stream().toArray(KeyManager[]::new), new TrustManager[] {trust}, null);
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

    private static List<Path> files(ClientTlsConfig config) {
        return Stream.concat(config.clientKey().stream().flatMap(IdentityLoader::files),
                config.trust().stream().flatMap(TrustLoader::files)).distinct().toList();
    }
}
