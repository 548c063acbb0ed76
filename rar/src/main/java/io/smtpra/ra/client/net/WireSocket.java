package io.smtpra.ra.client.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A {@link Wire} as a socket, for TLS to be layered on it: its streams keep the wire's deadline. */
final class WireSocket extends Socket {

    private final Wire wire;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();

    WireSocket(Wire wire) throws IOException {
        this.wire = wire;
        this.local = wire.localAddress();
        this.remote = wire.remoteAddress();
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public InetAddress getInetAddress() {
        return remote.getAddress();
    }

    @Override
    public int getPort() {
        return remote.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return local.getAddress();
    }

    @Override
    public int getLocalPort() {
        return local.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return remote;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return local;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return !wire.isOpen();
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public boolean isOutputShutdown() {
        return false;
    }

    /** The wire is closed by its owner alone; here the end of TLS ends it too. */
    @Override
    public void close() throws IOException {
        wire.close();
    }

    /** The wire's deadline holds instead. */
    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public void shutdownInput() {}

    @Override
    public void shutdownOutput() {}

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            return length == 0 ? 0 : wire.read(ByteBuffer.wrap(into, offset, length));
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            wire.write(ByteBuffer.wrap(from, offset, length));
        }
    }
}
