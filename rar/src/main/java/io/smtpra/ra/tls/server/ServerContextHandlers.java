package io.smtpra.ra.tls.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.material.KeyMaterial;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Makes handlers from a context that the server manages: what is set there holds, unless told otherwise. */
final class ServerContextHandlers implements HandlerSource {

    private final ServerTlsConfig config;
    private final Supplier<SSLContext> context;

    ServerContextHandlers(ServerTlsConfig config, KeyMaterial.ServerContext material) throws TlsConfigurationException {
        this.config = config;
        this.context = material.context();
        if (config.trust().isPresent()) {
            throw new TlsConfigurationException(TlsProperty.SSL_CONTEXT, material.name(),
                    "with a context of the server, its own trusted certificates hold: none may be configured here");
        }
        if (config.purpose() != CertificatePurpose.CLIENT) {
            throw new TlsConfigurationException(TlsProperty.CLIENT_CERTIFICATE_PURPOSE, "any",
                    "with a context of the server, its own rules hold: nothing but client may be configured here");
        }
        if (config.provider() == TlsProvider.OPENSSL) {
            throw new TlsConfigurationException(TlsProperty.SSL_CONTEXT, material.name(),
                    "a context of the server can't be used with the provider openssl");
        }
        if (material.context().get() == null) {
            throw new TlsConfigurationException(TlsProperty.SSL_CONTEXT, material.name(),
                    "the server has no SSL context of this name, or it does not start");
        }
        TlsParameters.protocols(config.protocols());
        TlsParameters.checked(config.cipherSuites(), TlsParameters.jdkCipherSuites());
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator, Executor delegatedTasks) {
        SSLEngine engine = context.get().createSSLEngine();
        engine.setUseClientMode(false);
        if (!config.protocols().isEmpty()) {
            engine.setEnabledProtocols(config.protocols().toArray(String[]::new));
        }
        if (!config.cipherSuites().isEmpty()) {
            engine.setEnabledCipherSuites(config.cipherSuites().toArray(String[]::new));
        }
        switch (config.clientCertificates()) {
            case REQUIRE -> engine.setNeedClientAuth(true);
            case REQUEST -> engine.setWantClientAuth(true);
            default -> {
                // as the server's context says
            }
        }
        return new GuardedSslHandler(engine, delegatedTasks, () -> { });
    }

    @Override
    public void close() {
        // the context is the server's
    }
}
