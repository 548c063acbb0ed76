package io.smtpra.ra.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address that answers no attempt to connect: its queue is full, and nobody empties it. */
final class BlackHole implements Closeable {

    private static final int MOST = 10;

    private final ServerSocket listener = new ServerSocket();
    private final List<Socket> queued = new ArrayList<>();

    BlackHole(InetSocketAddress address) throws IOException {
        listener.bind(address, 1);
        while (isAnswering(address)) {
            if (queued.size() > MOST) {
                throw new IOException("The queue has no end");
            }
        }
    }

    private boolean isAnswering(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        queued.add(socket);
        try {
            socket.connect(address, 200);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : queued) {
            socket.close();
        }
    }
}
