package io.smtpra.ra.tls.client;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The contexts that make the handshakes of one state of the material. The JDK keeps one session for a server in a context,
 * and a handshake of TLS 1.3 takes it away, for its ticket serves once; a new one comes behind the handshake. So
 * handshakes at the same time have a context each, and each resumes a session of its own.
 */
final class ClientContexts {

    private static final int MOST_SPARE = 64;

    private final Supplier<SSLContext> maker;
    private final boolean shared;
    private final Deque<SSLContext> spare = new ConcurrentLinkedDeque<>();

    private ClientContexts(Supplier<SSLContext> maker, boolean shared) {
        this.maker = maker;
        this.shared = shared;
    }

    /** As many as are needed at the same time. */
    static ClientContexts made(Supplier<SSLContext> maker) {
        return new ClientContexts(maker, false);
    }

    /** One that the server manages. */
    static ClientContexts foreign(SSLContext context) {
        return new ClientContexts(() -> context, true);
    }

    /** The one that was given back last, which has the newest session. */
    SSLContext take() {
        SSLContext last = spare.pollFirst();
        return last == null ? maker.get() : last;
    }

    /** Its session has come, or none will. One that is not given back is forgotten. */
    void giveBack(SSLContext context) {
        if (!shared && spare.size() < MOST_SPARE) {
            spare.addFirst(context);
        }
    }
}
