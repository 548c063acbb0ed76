package io.smtpra.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server that nobody should connect to: it writes down who does, and what for. */
final class Canary implements AutoCloseable {

    private static final int SILENCE_MILLIS = 2000;
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOk";

    private final ServerSocket listener;
    private final List<String> connections = new CopyOnWriteArrayList<>();

    Canary() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getByName(Ports.LOOPBACK));
        Thread acceptor = new Thread(this::accept, "canary");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Its address in the browser, as {@code host:port}. */
    String authority() {
        return Browser.CANARY_HOST + ":" + listener.getLocalPort();
    }

    /** A line for each connection: the request, or that it was silent. */
    List<String> connections() {
        return List.copyOf(connections);
    }

    /** What was asked for: without silent connections, of which a browser opens some in advance, and a page's icon. */
    List<String> requests() {
        return connections.stream()
                .filter(line -> line.contains(" HTTP/") && !line.contains(" /favicon.ico ")).toList();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket connection = listener.accept()) {
                int at = connections.size();
                connections.add("connected");
                connection.setSoTimeout(SILENCE_MILLIS);
                connections.set(at, request(connection));
                connection.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // closed, by the test or by the browser
            }
        }
    }

    private static String request(Socket connection) throws IOException {
        try {
            String line = new BufferedReader(
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1)).readLine();
            return line == null ? "connected, and said nothing" : line;
        } catch (SocketTimeoutException e) {
            return "connected, and said nothing";
        }
    }
}
