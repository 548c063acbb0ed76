package io.smtpra.ra.tls.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.material.Identity;
import io.smtpra.ra.tls.material.IdentityKeyManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/** Makes handlers from key material of our own. */
final class OwnContext implements HandlerSource {

    private static final int MAX_SESSIONS = 10_000;
    private static final int SESSION_SECONDS = 3_600;

    private final SslContext context;

    OwnContext(ServerTlsConfig config, List<Identity> identities, Optional<ClientVerifier> verifier)
            throws TlsConfigurationException {
        boolean openSsl = config.provider() == TlsProvider.OPENSSL;
        if (openSsl && !OpenSsl.isAvailable()) {
            throw new TlsConfigurationException(TlsProperty.TLS_PROVIDER, "openssl",
                    "netty-tcnative is not on the class path or does not run here", OpenSsl.unavailabilityCause());
        }
        Collection<String> supported =
                openSsl ? OpenSsl.availableJavaCipherSuites() : TlsParameters.jdkCipherSuites();
        SslContextBuilder builder = SslContextBuilder.forServer(new IdentityKeyManager(identities, openSsl))
                .sslProvider(openSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols(TlsParameters.protocols(config.protocols()))
                .ciphers(TlsParameters.serverCipherSuites(config.cipherSuites(), supported),
                        IdentityCipherSuiteFilter.INSTANCE)
                .clientAuth(clientAuth(config.clientCertificates()))
                .sessionCacheSize(MAX_SESSIONS)
                .sessionTimeout(SESSION_SECONDS);
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
        // OpenSSL refuses renegotiation by itself, and Netty makes its handler faster than ours would be.
        return context instanceof JdkSslContext
                ? new GuardedSslHandler(context.newEngine(allocator), delegatedTasks)
                : context.newHandler(allocator, delegatedTasks);
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }

    private static ClientAuth clientAuth(ClientCertificates certificates) {
        return switch (certificates) {
            case NONE -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case REQUIRE -> ClientAuth.REQUIRE;
        };
    }
}
