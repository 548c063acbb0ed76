package io.smtpra.ra.tls.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.smtpra.ra.tls.TlsConfigurationException;
import java.util.concurrent.Executor;

/** Makes the handler that encrypts one connection. */
interface HandlerSource {

    /** Sessions that are kept at most; of TLS 1.3, the client keeps them itself. */
    int MAX_SESSIONS = 10_000;

    SslHandler newHandler(ByteBufAllocator allocator, Executor delegatedTasks);

    /**
     * Changes the keys of session tickets if it is time.
     *
     * @throws TlsConfigurationException if there are none; then the former stay
     */
    default void rotate() throws TlsConfigurationException {
        // the JVM does that by itself
    }

    /** Gives back what lies outside the JVM's heap; connections that still run are not disturbed. */
    void close();
}
