package io.smtpra.ra.tls.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.smtpra.TlsFacts;
import io.smtpra.ra.log.TlsMessages;
import io.smtpra.ra.tls.Reloadable;
import io.smtpra.ra.tls.SessionFacts;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.material.CertificateFacts;
import io.smtpra.ra.tls.material.ExpiryWarnings;
import io.smtpra.ra.tls.material.Identity;
import io.smtpra.ra.tls.material.IdentityLoader;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TrustLoader;
import io.smtpra.ra.tls.material.TrustMaterial;
import io.smtpra.ra.tls.openssl.ProviderChoice;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;

/**
 * TLS of the listeners: makes the handler of each connection from the key material as it is now. No thread of its own;
 * the owner calls {@link #reloadIfChanged()} and {@link #warnBeforeExpiry()} from time to time.
 */
public final class ServerTls implements AutoCloseable {

    /** One state of the key material; connections keep the one that they began with. */
    private record State(HandlerSource handlers, List<Identity> identities, Optional<ClientVerifier> verifier,
            ProviderChoice choice) {
    }

    private final ServerTlsConfig config;
    private final SelfSignedIdentities selfSigned;
    private final IdentityLoader loader;
    private final Clock clock;
    private final TicketKeys ticketKeys;
    private final Reloadable<State> state;
    private final ExpiryWarnings expiryWarnings = new ExpiryWarnings();

    private ServerTls(ServerTlsConfig config, SelfSignedIdentities selfSigned, TicketKeys ticketKeys, Clock clock)
            throws TlsConfigurationException {
        this.config = config;
        this.selfSigned = selfSigned;
        this.loader = new IdentityLoader(clock, selfSigned::of);
        this.clock = clock;
        this.ticketKeys = ticketKeys;
        this.state = new Reloadable<>(files(config), this::load);
    }

    /**
     * Reads the key material and checks that it can be used. Warns of a self-signed certificate.
     *
     * @param config what is wanted
     * @return TLS for listeners
     * @throws TlsConfigurationException if any of it can't be used, and why
     */
    public static ServerTls open(ServerTlsConfig config) throws TlsConfigurationException {
        return open(config, Clock.systemUTC());
    }

    static ServerTls open(ServerTlsConfig config, Clock clock) throws TlsConfigurationException {
        ServerTls tls = new ServerTls(
                config, new SelfSignedIdentities(clock), new TicketKeys(config.tickets(), clock), clock);
        TlsMessages.LOG.listenerLibrary(tls.state.current().choice());
        tls.selfSignedFingerprint().ifPresent(fingerprint -> TlsMessages.LOG.selfSigned(fingerprint));
        return tls;
    }

    /**
     * TLS with the same certificates for a port that asks its clients otherwise. It is to be reloaded and closed by
     * itself.
     *
     * @param certificates whether clients are asked for certificates
     * @return TLS for that port
     * @throws TlsConfigurationException if the trusted certificates can't be used, and why
     */
    public ServerTls asking(ClientCertificates certificates) throws TlsConfigurationException {
        return new ServerTls(config.asking(certificates), selfSigned, ticketKeys, clock);
    }

    /**
     * A handler for one connection.
     *
     * @param allocator the connection's
     * @param delegatedTasks runs the costly parts of a handshake, some milliseconds each; with a revocation check they
     *     ask the network, and must then not run on an event loop
     * @return the handler, to be put first in the pipeline
     */
    public SslHandler newHandler(ByteBufAllocator allocator, Executor delegatedTasks) {
        SslHandler handler = state.current().handlers().newHandler(allocator, delegatedTasks);
        handler.setHandshakeTimeoutMillis(config.handshakeTimeout().toMillis());
        return handler;
    }

    /**
     * What a handshake came to.
     *
     * @param session of the handler's engine
     * @return the facts; the peer is verified only if it showed a certificate that is trusted
     */
    public TlsFacts facts(SSLSession session) {
        if (asksNobody()) {
            return SessionFacts.ofNobody(session);
        }
        return SessionFacts.of(session, chain -> !chain.isEmpty() && refusal(session, chain).isEmpty());
    }

    /** A context of the server asks whom it wants, whatever is configured here. */
    private boolean asksNobody() {
        return config.clientCertificates() == ClientCertificates.NONE && !state.current().identities().isEmpty();
    }

    /**
     * Why the certificate that a client has shown is not trusted.
     *
     * @param session of the handler's engine
     * @param facts what its handshake came to
     * @return the reason, in words that may hold what the client has put into its certificate; absent if it is
     *     trusted, or there is none
     */
    public Optional<String> refusal(SSLSession session, TlsFacts facts) {
        return refusal(session, facts.peerCertificates());
    }

    private Optional<String> refusal(SSLSession session, List<X509Certificate> chain) {
        return state.current().verifier().flatMap(verifier -> verifier.refusal(session, chain));
    }

    /**
     * The fingerprint of the self-signed certificate.
     *
     * @return its SHA-256 in hexadecimal, absent if there is no such certificate
     */
    public Optional<String> selfSignedFingerprint() {
        return selfSigned.all().stream().findFirst().map(Identity::certificate).map(SessionFacts::fingerprint);
    }

    /**
     * When the first of the certificates expires.
     *
     * @return the time, absent if the server manages them
     */
    public Optional<Instant> expires() {
        return CertificateFacts.firstExpiry(certificates());
    }

    /**
     * The certificates that are in use for new connections.
     *
     * @return what is known of each; none where the server manages them
     */
    public List<CertificateFacts> certificates() {
        return CertificateFacts.of(state.current().identities());
    }

    /**
     * Reads key and trust material again. Connections go on with what they began with.
     *
     * @throws TlsConfigurationException if any of it can't be used; then nothing has changed
     */
    public void reload() throws TlsConfigurationException {
        state.reload();
    }

    /**
     * Forgets all sessions of ports and the keys of their tickets: whoever comes back makes a full handshake.
     * Connections go on.
     *
     * @param ports which may share their keys
     * @throws TlsConfigurationException if sessions are not ours to forget, and of which property that comes: then
     *     none is forgotten
     */
    public static void flushSessions(Collection<ServerTls> ports) throws TlsConfigurationException {
        for (ServerTls port : ports) {
            port.checkThatSessionsAreOurs();
        }
        ports.forEach(port -> port.ticketKeys.forget());
        for (ServerTls port : ports) {
            port.state.replace(former -> port.state(former.identities(), former.verifier(), former.choice()));
        }
    }

    private void checkThatSessionsAreOurs() throws TlsConfigurationException {
        if (config.keyMaterial().get(0) instanceof KeyMaterial.ServerContext context) {
            throw new TlsConfigurationException(TlsProperty.SSL_CONTEXT, context.name(),
                    "a context of the server keeps its sessions until the server is reloaded");
        }
        if (ticketKeys.areFromFiles()) {
            throw new TlsConfigurationException(TlsProperty.TLS_TICKET_KEY_FILE,
                    config.tickets().keyFiles().get(0).toString(),
                    "its tickets can be opened as long as the key is there: put another one in its place");
        }
    }

    /**
     * Reads key and trust material again if a file has changed, and changes the keys of session tickets if it is time.
     * What can't be used is logged and left aside.
     *
     * @return whether new material is in use
     */
    public boolean reloadIfChanged() {
        boolean reloaded = state.reloadIfChanged();
        try {
            state.current().handlers().rotate();
        } catch (TlsConfigurationException e) {
            TlsMessages.LOG.ticketKeysStay(e.getMessage());
        }
        return reloaded;
    }

    /** Logs a warning 21, 7 and 1 days before a certificate expires, and when it has: once each. */
    public void warnBeforeExpiry() {
        expiryWarnings.due(state.current().identities(), clock.instant()).forEach(TlsMessages.LOG::expires);
    }

    /** Gives back what the TLS implementation holds. No handler can be made after it. */
    @Override
    public void close() {
        state.current().handlers().close();
    }

    private State load() throws TlsConfigurationException {
        if (config.keyMaterial().size() == 1
                && config.keyMaterial().get(0) instanceof KeyMaterial.ServerContext context) {
            return new State(new ServerContextHandlers(config, context), List.of(), Optional.empty(),
                    new ProviderChoice(Optional.empty(), "a context of the server's own"));
        }
        List<Identity> identities = loader.load(config.keyMaterial());
        Optional<ClientVerifier> verifier = verifier();
        ProviderChoice choice = ProviderChoice.of(config.provider(), TlsParameters.protocols(config.protocols()),
                config.cipherSuites(), Identity.openSslObjection(identities));
        if (choice.library().isEmpty() && !config.tickets().keyFiles().isEmpty()) {
            throw new TlsConfigurationException(TlsProperty.TLS_TICKET_KEY_FILE,
                    config.tickets().keyFiles().get(0).toString(), "the JVM's TLS takes no keys from a file, and "
                            + choice.reason());
        }
        return state(identities, verifier, choice);
    }

    private State state(List<Identity> identities, Optional<ClientVerifier> verifier, ProviderChoice choice)
            throws TlsConfigurationException {
        HandlerSource handlers = choice.library().isPresent()
                ? new OpenSslHandlers(config, identities, verifier, choice.library().get(), ticketKeys)
                : new JdkHandlers(config, identities, verifier);
        return new State(handlers, identities, verifier, choice);
    }

    private Optional<ClientVerifier> verifier() throws TlsConfigurationException {
        if (config.clientCertificates() == ClientCertificates.NONE) {
            return Optional.empty();
        }
        TrustMaterial trust = config.trust().orElseGet(TrustMaterial.JvmDefault::new);
        return Optional.of(new ClientVerifier(TrustLoader.load(trust, config.revocationCheck()),
                config.clientCertificates() == ClientCertificates.REQUIRE, config.purpose(),
                config.trust().isPresent()));
    }

    private static List<Path> files(ServerTlsConfig config) {
        return Stream.concat(config.keyMaterial().stream().flatMap(IdentityLoader::files),
                Stream.concat(config.trust().stream().flatMap(TrustLoader::files),
                        config.tickets().keyFiles().stream())).distinct().toList();
    }
}
