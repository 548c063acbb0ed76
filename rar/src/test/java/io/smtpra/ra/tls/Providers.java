package io.smtpra.ra.tls;

import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import java.util.stream.Stream;

/** The implementations of TLS that this build has libraries for: whatever one can do, the others can. */
public final class Providers {

    private Providers() {}

    public static Stream<TlsProvider> here() {
        return System.getProperty("os.name").equals("Linux")
                ? Stream.of(TlsProvider.JDK, TlsProvider.OPENSSL) : Stream.of(TlsProvider.JDK);
    }

    public static ServerTlsConfig with(TlsProvider provider, ServerTlsConfig config) {
        return new ServerTlsConfig(config.keyMaterial(), config.clientCertificates(), config.purpose(), config.trust(),
                config.revocationCheck(), config.protocols(), config.cipherSuites(), config.handshakeTimeout(),
                provider,
                config.tickets());
    }

    public static ClientTlsConfig with(TlsProvider provider, ClientTlsConfig config) {
        return new ClientTlsConfig(config.check(), config.trust(), config.revocationCheck(), config.clientKey(),
                config.protocols(), config.cipherSuites(), provider);
    }
}
