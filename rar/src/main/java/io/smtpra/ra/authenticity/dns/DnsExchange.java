package io.smtpra.ra.authenticity.dns;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One question on the wire and its answer, over a socket of its own: so the port is another one each time, which who
 * wants to answer in a server's place has to guess (RFC 5452 section 9.2). Touched by the wire's thread alone.
 */
final class DnsExchange {

    /** Before each message over TCP (RFC 1035 section 4.2.2). */
    private static final int LENGTH = 2;

    private final boolean tcp;
    private final InetSocketAddress server;
    private final long end;
    private final ByteBuffer out;
    private ByteBuffer in;
    private Optional<SelectableChannel> channel = Optional.empty();
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    private DnsExchange(boolean tcp, InetSocketAddress server, ByteBuffer out, ByteBuffer in, long end) {
        this.tcp = tcp;
        this.server = server;
        this.out = out;
        this.in = in;
        this.end = end;
    }

    static DnsExchange udp(InetSocketAddress server, byte[] question, int max, long end) {
        return new DnsExchange(false, server, ByteBuffer.wrap(question), ByteBuffer.allocate(max), end);
    }

    static DnsExchange tcp(InetSocketAddress server, byte[] question, long end) {
        ByteBuffer out = ByteBuffer.allocate(LENGTH + question.length);
        out.putShort((short) question.length).put(question).flip();
        return new DnsExchange(true, server, out, ByteBuffer.allocate(LENGTH), end);
    }

    CompletableFuture<byte[]> answer() {
        return answer;
    }

    boolean isOver(long nanoTime) {
        return nanoTime - end >= 0;
    }

    /** Opens the socket; true if that was all. */
    boolean begin(Selector selector) {
        try {
            if (tcp) {
                SocketChannel socket = SocketChannel.open();
                channel = Optional.of(socket);
                socket.configureBlocking(false);
                boolean connected = socket.connect(server);
                socket.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
            } else {
                DatagramChannel socket = DatagramChannel.open();
                channel = Optional.of(socket);
                socket.configureBlocking(false);
                socket.connect(server);
                socket.register(selector, SelectionKey.OP_READ, this);
                socket.write(out);
            }
            return false;
        } catch (IOException | RuntimeException e) {
            fail(e);
            return true;
        }
    }

    /** Does what can be done now; true if nothing is left to do. */
    boolean goOn(SelectionKey key) {
        try {
            if (key.isConnectable()) {
                ((SocketChannel) key.channel()).finishConnect();
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (key.isWritable()) {
                ((ByteChannel) key.channel()).write(out);
                key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                return read((ByteChannel) key.channel());
            }
            return false;
        } catch (IOException | RuntimeException e) {
            // whatever it is, a cancelled key say, it is this exchange's and not that of all
            fail(e);
            return true;
        }
    }

    private boolean read(ByteChannel socket) throws IOException {
        int read = socket.read(in);
        if (tcp && read < 0) {
            throw new EOFException("the server has closed the connection");
        }
        if (!tcp) {
            return complete();
        }
        if (!in.hasRemaining() && in.capacity() == LENGTH) {
            in = ByteBuffer.allocate(LENGTH + Short.toUnsignedInt(in.getShort(0))).putShort(in.getShort(0));
            read = socket.read(in);
            if (read < 0) {
                throw new EOFException("the server has closed the connection");
            }
        }
        return !in.hasRemaining() && complete();
    }

    private boolean complete() {
        close();
        answer.complete(Arrays.copyOfRange(in.array(), tcp ? LENGTH : 0, in.position()));
        return true;
    }

    void fail(Exception cause) {
        close();
        answer.completeExceptionally(cause);
    }

    private void close() {
        channel.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                // it is of no use any more
            }
        });
    }
}
