package io.smtpra.ra.tls.client;

import io.smtpra.ra.tls.openssl.OpenSslContext;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;

/**
 * Engines of BoringSSL, which keeps several sessions for a server. Its context is freed with the last that knows
 * it.
 */
final class OpenSslEngines implements ClientEngines {

    private final OpenSslContext context;
    private final BiConsumer<SSLEngine, String> setUp;

    OpenSslEngines(OpenSslContext context, BiConsumer<SSLEngine, String> setUp) {
        this.context = context;
        this.setUp = setUp;
    }

    @Override
    public ClientEngine newEngine(String name, int port) {
        SSLEngine engine = context.clientEngine(name, port);
        setUp.accept(engine, name);
        return new ClientEngine(engine, true, () -> { }, () -> context.release(engine));
    }
}
