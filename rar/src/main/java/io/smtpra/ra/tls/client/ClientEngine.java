package io.smtpra.ra.tls.client;

import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;

/** Makes and reads the TLS records of one connection. */
public final class ClientEngine {

    private final SSLEngine engine;
    private final boolean outsideOfHeap;
    private final Runnable settled;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    ClientEngine(SSLEngine engine, boolean outsideOfHeap, Runnable settled, Runnable release) {
        this.engine = engine;
        this.outsideOfHeap = outsideOfHeap;
        this.settled = settled;
        this.release = release;
    }

    /**
     * The engine itself.
     *
     * @return it; used by one thread at a time
     */
    public SSLEngine engine() {
        return engine;
    }

    /**
     * Which buffers spare it copies.
     *
     * @return whether those outside of the heap do
     */
    public boolean isOutsideOfHeap() {
        return outsideOfHeap;
    }

    /** Something has been read: what the server sends to resume the session by has come before it, and may be used. */
    public void settle() {
        settled.run();
    }

    /** Frees what it holds; then it is closed. May be called by any thread, and again. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
