package io.smtpra.ra.tls.openssl;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/** Makes engines of the native library. What it holds lies outside the JVM's heap. */
public final class OpenSslContext implements AutoCloseable {

    private final BiFunction<String, Integer, SSLEngine> engines;
    private final Consumer<SSLEngine> release;
    private final Consumer<List<byte[]>> ticketKeys;
    private final Runnable close;

    @SuppressWarnings("unchecked")
    OpenSslContext(Map<String, Object> ways) {
        engines = (BiFunction<String, Integer, SSLEngine>) ways.get(SharedContext.ENGINE);
        release = (Consumer<SSLEngine>) ways.get(SharedContext.RELEASE);
        ticketKeys = (Consumer<List<byte[]>>) ways.get(SharedContext.TICKET_KEYS);
        close = (Runnable) ways.get(SharedContext.CLOSE);
    }

    /**
     * An engine for a connection that a client has opened to us.
     *
     * @return the engine, to be released once
     */
    public SSLEngine serverEngine() {
        return engines.apply("", -1);
    }

    /**
     * An engine for a connection that we have opened.
     *
     * @param host the server's name or address, which with the port tells whose session is resumed
     * @param port its port
     * @return the engine, to be released once
     */
    public SSLEngine clientEngine(String host, int port) {
        return engines.apply(host, port);
    }

    /**
     * Frees what an engine holds. Whoever still uses it finds it closed.
     *
     * @param engine one that was made here, and not released before
     */
    public void release(SSLEngine engine) {
        release.accept(engine);
    }

    /**
     * Takes other keys for the session tickets of a server.
     *
     * @param keys of 48 octets each; the first makes new tickets, all of them open those that come back
     */
    public void useTicketKeys(List<byte[]> keys) {
        ticketKeys.accept(keys);
    }

    /** No engine can be made after it; those that there are work on. */
    @Override
    public void close() {
        close.run();
    }
}
