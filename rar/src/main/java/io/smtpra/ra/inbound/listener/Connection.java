package io.smtpra.ra.inbound.listener;

import io.netty.util.concurrent.EventExecutor;
import io.smtpra.TlsFacts;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** What the driver of a session asks of the connection that carries it. */
interface Connection {

    EventExecutor executor();

    /** Whether octets were received behind what is being handled. */
    boolean hasMoreInput();

    /** Goes on with decoding, if the driver takes any. */
    void resume();

    /** Begins the TLS handshake; nothing that arrives in plain text is taken from now on. */
    void startTls();

    Optional<SSLSession> tlsSession();

    Optional<TlsFacts> tlsFacts();

    /** Sends what was replied, and closes when the client had the chance to read it. */
    void closePolitely();

    /** Closes at once. */
    void drop();
}
