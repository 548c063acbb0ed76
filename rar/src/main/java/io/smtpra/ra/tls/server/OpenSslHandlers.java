package io.smtpra.ra.tls.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.material.Identity;
import io.smtpra.ra.tls.material.IdentityKeyManager;
import io.smtpra.ra.tls.openssl.OpenSslContext;
import io.smtpra.ra.tls.openssl.OpenSslLibrary;
import io.smtpra.ra.tls.openssl.ProviderChoice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** Makes handlers of BoringSSL from key material of our own. */
final class OpenSslHandlers implements HandlerSource {

    private static final int NOBODY = 0;

    private final OpenSslContext context;
    private final TicketKeys ticketKeys;
    private final boolean resumes;
    private volatile List<byte[]> keysInUse = List.of();

    OpenSslHandlers(ServerTlsConfig config, List<Identity> identities, Optional<ClientVerifier> verifier,
            OpenSslLibrary library, TicketKeys ticketKeys) throws TlsConfigurationException {
        this.ticketKeys = ticketKeys;
        // The library brings a session back without asking, and asking the network is nothing for an event loop.
        this.resumes = verifier.isEmpty() || !config.revocationCheck();
        List<String> suites = TlsParameters.serverCipherSuites(config.cipherSuites(), library.cipherSuites());
        List<String> protocols = ProviderChoice.speakable(TlsParameters.protocols(config.protocols()), suites);
        OpenSslLibrary.Settings settings = new OpenSslLibrary.Settings(
                Optional.of(new IdentityKeyManager(identities, true)), verifier.map(check -> check), protocols, suites,
                resumes ? MAX_SESSIONS : NOBODY, config.tickets().seconds());
        try {
            this.context = library.server(settings, clientAuth(config.clientCertificates()),
                    ClientVerifier.digest(verifier));
        } catch (IllegalArgumentException e) {
            throw new TlsConfigurationException(TlsProperty.TLS_CIPHERS, String.join(",", config.cipherSuites()),
                    "no TLS can be set up with these parameters: " + e.getMessage(), e);
        }
        rotate();
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator, Executor delegatedTasks) {
        if (!resumes) {
            // Tickets can't be forbidden in TLS 1.3; nobody can open those of this connection.
            context.useTicketKeys(List.of(TicketKeys.random()));
        }
        SSLEngine engine = context.serverEngine();
        return new GuardedSslHandler(engine, delegatedTasks, () -> context.release(engine));
    }

    @Override
    public void rotate() throws TlsConfigurationException {
        if (!resumes || ticketKeys.areFromFiles() && !keysInUse.isEmpty()) {
            return;
        }
        List<byte[]> keys = ticketKeys.current();
        if (keys != keysInUse) {
            context.useTicketKeys(keys);
            keysInUse = keys;
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static String clientAuth(ClientCertificates certificates) {
        return switch (certificates) {
            case NONE -> "NONE";
            case REQUEST -> "OPTIONAL";
            case REQUIRE -> "REQUIRE";
        };
    }
}
