package io.smtpra.ra.tls.client;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Engines of the JVM. It keeps one session for a server in a context, and a handshake of TLS 1.3 takes it away, for its
 * ticket serves once; a new one comes behind the handshake. So handshakes at the same time have a context each, and
 * each resumes a session of its own.
 */
final class JdkEngines implements ClientEngines {

    private static final int MOST_SPARE = 64;

    private final Supplier<SSLContext> maker;
    private final boolean shared;
    private final BiConsumer<SSLEngine, String> setUp;
    private final Deque<SSLContext> spare = new ConcurrentLinkedDeque<>();

    private JdkEngines(Supplier<SSLContext> maker, boolean shared, BiConsumer<SSLEngine, String> setUp) {
        this.maker = maker;
        this.shared = shared;
        this.setUp = setUp;
    }

    /** With as many contexts as are needed at the same time. */
    static JdkEngines made(Supplier<SSLContext> maker, BiConsumer<SSLEngine, String> setUp) {
        return new JdkEngines(maker, false, setUp);
    }

    /** With one that the server manages. */
    static JdkEngines foreign(SSLContext context, BiConsumer<SSLEngine, String> setUp) {
        return new JdkEngines(() -> context, true, setUp);
    }

    @Override
    public ClientEngine newEngine(String name, int port) {
        // The one that was given back last has the newest session.
        SSLContext last = spare.pollFirst();
        SSLContext context = last == null ? maker.get() : last;
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        setUp.accept(engine, name);
        return new ClientEngine(engine, false, () -> giveBack(context), () -> { });
    }

    /** Its session has come, or none will. One that is not given back is forgotten. */
    private void giveBack(SSLContext context) {
        if (!shared && spare.size() < MOST_SPARE) {
            spare.addFirst(context);
        }
    }
}
