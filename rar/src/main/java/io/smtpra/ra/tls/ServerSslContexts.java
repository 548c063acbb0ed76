package io.smtpra.ra.tls;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Finds SSL contexts that the server manages. */
final class ServerSslContexts {

    private ServerSslContexts() {
    }

    static Optional<SSLContext> find(String name) {
        try {
            return WildFlySslContexts.named(name);
        } catch (NoClassDefFoundError e) {
            // Another server, whose way to such contexts is not known here.
            return Optional.empty();
        }
    }
}
