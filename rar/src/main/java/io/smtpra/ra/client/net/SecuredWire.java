package io.smtpra.ra.client.net;

import io.smtpra.TlsFacts;
import io.smtpra.ra.tls.client.ClientEngine;
import io.smtpra.ra.tls.client.ClientTls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** TLS on a {@link Wire}, whose deadline bounds every wait. Read and written by one thread at a time. */
final class SecuredWire {

    /** Of TLS's own, one after another. */
    private static final int MOST_RECORDS = 1_000;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Wire wire;
    private final ClientEngine material;
    private final SSLEngine engine;
    private final AtomicBoolean settled = new AtomicBoolean();
    /** Records that have come, from position to limit. */
    private ByteBuffer incoming;
    /** What was in them and is not read yet, from position to limit. */
    private ByteBuffer plain;
    /** Records that are to go; two of them, so that a block of content is one call of the system. */
    private ByteBuffer outgoing;

    private SecuredWire(Wire wire, ClientEngine material) {
        this.wire = wire;
        this.material = material;
        this.engine = material.engine();
        int record = engine.getSession().getPacketBufferSize();
        incoming = buffer(record).flip();
        plain = buffer(engine.getSession().getApplicationBufferSize()).flip();
        outgoing = buffer(2 * record);
    }

    /** Makes the handshake. If it fails, the wire is closed. */
    static SecuredWire on(Wire wire, ClientTls tls, String host, int port) throws IOException {
        ClientEngine material = tls.engine(host, port);
        boolean done = false;
        try {
            SecuredWire secured = new SecuredWire(wire, material);
            secured.engine.beginHandshake();
            secured.handshake();
            done = true;
            return secured;
        } catch (IOException e) {
            throw tls.failure(e, host + ":" + port);
        } finally {
            if (!done) {
                material.release();
                wire.close();
            }
        }
    }

    TlsFacts facts(ClientTls tls) {
        return tls.facts(engine.getSession());
    }

    /** Reads at least one octet; returns -1 at the end. */
    int read(byte[] into, int offset, int length) throws IOException {
        for (int records = 0; !plain.hasRemaining(); records++) {
            if (records == MOST_RECORDS) {
                throw new SSLException("the server sends TLS messages without end");
            }
            if (!unwrap(HandshakeStatus.NOT_HANDSHAKING)) {
                return -1;
            }
            if (!plain.hasRemaining()) {
                handshake();
            }
        }
        if (settled.compareAndSet(false, true)) {
            material.settle();
        }
        int read = Math.min(length, plain.remaining());
        plain.get(into, offset, read);
        return read;
    }

    void write(byte[] from, int offset, int length) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(from, offset, length);
        while (octets.hasRemaining()) {
            SSLEngineResult result = engine.wrap(octets, outgoing);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                makeRoom();
            } else if (result.getStatus() == Status.CLOSED) {
                throw new SSLException("TLS was ended");
            }
        }
        flush();
    }

    /** Whether something is here that nobody has read, TLS's own messages included, seen without waiting. */
    boolean isReadable() {
        return plain.hasRemaining() || incoming.hasRemaining() || wire.isReadable();
    }

    /** Says that TLS ends, as far as it goes within the deadline. */
    void close() throws IOException {
        try {
            engine.closeOutbound();
            wrap();
            flush();
        } finally {
            release();
        }
    }

    /** Frees what lies outside of the heap. May be called by any thread, and again. */
    void release() {
        material.release();
    }

    /** Goes on until the handshake is over, or something is there to be read before. */
    private void handshake() throws IOException {
        for (int records = 0; records < MOST_RECORDS && !plain.hasRemaining(); records++) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    wrap();
                    flush();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap(HandshakeStatus.NEED_UNWRAP)) {
                        throw new SSLException("the server closed the connection");
                    }
                }
                default -> {
                    return;
                }
            }
        }
        if (!plain.hasRemaining()) {
            throw new SSLException("the server does not come to the end of a handshake");
        }
    }

    /**
     * Takes one record, or no more than TLS has to say besides; of the one before, nothing may be left to be read.
     *
     * @param waiting where the handshake stands if it is another record that TLS waits for: it may have become clear
     *     with the last one that it does not
     * @return false at the end
     */
    private boolean unwrap(HandshakeStatus waiting) throws IOException {
        while (true) {
            SSLEngineResult result = unwrapOne();
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> {
                    if (result.getHandshakeStatus() != waiting) {
                        return true;
                    }
                    if (!fill()) {
                        return false;
                    }
                }
                case BUFFER_OVERFLOW -> plain = buffer(2 * plain.capacity()).flip();
                case CLOSED -> {
                    return false;
                }
                default -> {
                    return true;
                }
            }
        }
    }

    private SSLEngineResult unwrapOne() throws SSLException {
        plain.clear();
        try {
            return engine.unwrap(incoming, plain);
        } catch (SSLException e) {
            sayWhy();
            throw e;
        } finally {
            plain.flip();
        }
    }

    private boolean fill() throws IOException {
        incoming.compact();
        try {
            if (!incoming.hasRemaining()) {
                incoming = buffer(2 * incoming.capacity()).put(incoming.flip());
            }
            return wire.read(incoming) >= 0;
        } finally {
            incoming.flip();
        }
    }

    /** The server learns what it did wrong by an alert, which is ready if there is one. */
    private void sayWhy() {
        try {
            for (int record = 0; record < 2 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; record++) {
                wrap();
            }
            flush();
        } catch (IOException e) {
            // It does not hear it.
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** One record of TLS's own. */
    private void wrap() throws IOException {
        while (engine.wrap(NOTHING, outgoing).getStatus() == Status.BUFFER_OVERFLOW) {
            makeRoom();
        }
    }

    private void makeRoom() throws IOException {
        if (outgoing.position() > 0) {
            flush();
        } else {
            outgoing = buffer(2 * outgoing.capacity());
        }
    }

    private void flush() throws IOException {
        outgoing.flip();
        try {
            wire.write(outgoing);
        } finally {
            outgoing.clear();
        }
    }

    private ByteBuffer buffer(int octets) {
        return material.isOutsideOfHeap() ? ByteBuffer.allocateDirect(octets) : ByteBuffer.allocate(octets);
    }
}
