package io.smtpra.ra.tls.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.material.Identity;
import io.smtpra.ra.tls.material.IdentityKeyManager;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/** Makes handlers of the JVM's TLS from key material of our own. */
final class JdkHandlers implements HandlerSource {

    private final SslContext context;

    JdkHandlers(ServerTlsConfig config, List<Identity> identities, Optional<ClientVerifier> verifier)
            throws TlsConfigurationException {
        SslContextBuilder builder = SslContextBuilder.forServer(new IdentityKeyManager(identities))
                .sslProvider(SslProvider.JDK)
                .protocols(TlsParameters.protocols(config.protocols()))
                .ciphers(TlsParameters.serverCipherSuites(config.cipherSuites(), TlsParameters.jdkCipherSuites()),
                        IdentityCipherSuiteFilter.INSTANCE)
                .clientAuth(clientAuth(config.clientCertificates()))
                .sessionCacheSize(MAX_SESSIONS)
                // The JVM changes its keys of tickets when as much time has passed.
                .sessionTimeout(config.tickets().seconds());
        verifier.ifPresent(builder::trustManager);
        try {
            this.context = builder.build();
        } catch (SSLException e) {
            throw new TlsConfigurationException(TlsProperty.TLS_CIPHERS, String.join(",", config.cipherSuites()),
                    "no TLS can be set up with these parameters: " + e.getMessage(), e);
        }
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator, Executor delegatedTasks) {
        return new GuardedSslHandler(context.newEngine(allocator), delegatedTasks, () -> { });
    }

    @Override
    public void close() {
        // it is all in the JVM's heap
    }

    private static ClientAuth clientAuth(ClientCertificates certificates) {
        return switch (certificates) {
            case NONE -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case REQUIRE -> ClientAuth.REQUIRE;
        };
    }
}
