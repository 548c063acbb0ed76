package io.smtpra.ra.client.net;

import io.smtpra.TlsFacts;
import io.smtpra.ra.tls.client.ClientTls;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Octets to and from the peer: in plain text at first, through TLS once it is encrypted. */
final class Transport implements Closeable {

    private final Wire wire;
    private SendBudget budget;
    private volatile SecuredWire secured;
    private Optional<TlsFacts> tls = Optional.empty();

    Transport(Wire wire, SendBudget budget) {
        this.wire = wire;
        this.budget = budget;
    }

    /** Every wait from now on is bounded by this too. */
    void spend(SendBudget next) throws IOException {
        budget = next;
        next.spendOn(wire);
    }

    SendBudget budget() {
        return budget;
    }

    /** Every wait from now on ends when this has passed, or the budget of the sending is over. */
    void expireAfter(Duration timeout) {
        wire.expireAfter(budget.atMost(timeout));
    }

    /** Makes the handshake; afterwards there is TLS, or an exception. */
    void encrypt(ClientTls material, String host, int port) throws IOException {
        SecuredWire made = SecuredWire.on(wire, material, host, port);
        tls = Optional.of(made.facts(material));
        secured = made;
    }

    Optional<TlsFacts> tls() {
        return tls;
    }

    String localAddress() throws IOException {
        return wire.localAddress().getAddress().getHostAddress();
    }

    InetAddress remoteAddress() throws IOException {
        return wire.remoteAddress().getAddress();
    }

    /** Tells connections to one host apart. */
    int localPort() throws IOException {
        return wire.localAddress().getPort();
    }

    int read(byte[] into, int offset, int length) throws IOException {
        return secured == null
                ? wire.read(ByteBuffer.wrap(into, offset, length)) : secured.read(into, offset, length);
    }

    void write(byte[] from, int offset, int length) throws IOException {
        if (secured == null) {
            wire.write(ByteBuffer.wrap(from, offset, length));
        } else {
            secured.write(from, offset, length);
        }
    }

    /** Whether the peer has sent anything at all, TLS's own messages included, or closed. */
    boolean isReadable() {
        return secured == null ? wire.isReadable() : secured.isReadable();
    }

    /** Whether the peer has closed the connection or said something, seen without waiting. What it said is lost. */
    boolean hasEndedOrSpoken() {
        if (!isReadable()) {
            return false;
        }
        if (secured == null) {
            return true;
        }
        // It may be a message of TLS itself, a new session ticket for instance, which TLS has to digest.
        wire.expireAfter(Duration.ZERO);
        try {
            secured.read(new byte[1], 0, 1);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    boolean isOpen() {
        return wire.isOpen();
    }

    /** Ends TLS politely if there is any, without waiting for more than the deadline, and closes. */
    @Override
    public void close() throws IOException {
        try {
            if (secured != null) {
                secured.close();
            }
        } finally {
            wire.close();
        }
    }

    /** Closes at once. May be called by any thread. */
    void abort() {
        try {
            wire.close();
        } catch (IOException e) {
            // There is nothing left to close.
        }
        if (secured != null) {
            secured.release();
        }
    }
}
