package io.smtpra.ra.tls.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;

/** Makes the handler that encrypts one connection. */
interface HandlerSource {

    SslHandler newHandler(ByteBufAllocator allocator, Executor delegatedTasks);

    /** Gives back what lies outside the JVM's heap; connections that still run are not disturbed. */
    void close();
}
