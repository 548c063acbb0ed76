package io.smtpra.ra.outbound.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server that says and hears what its script tells, however wrong that is. Each connection plays the next script. A
 * script has a line for each step:
 *
 * <ul>
 *   <li>{@code S: text} says a line ({@code \r}, {@code \n}, {@code \0} and {@code \e} stand for themselves); lines in a
 *       row are one segment
 *   <li>{@code s: text} says octets without a line end
 *   <li>{@code C: text} hears that line; {@code C: *} any line; {@code C: text*} one that begins so
 *   <li>{@code CONTENT} hears lines up to a dot; {@code OCTETS n} hears n octets; both are kept
 *   <li>{@code TLS} makes a handshake
 *   <li>{@code DRIBBLE text} says the text an octet at a time, slowly, for ever
 *   <li>{@code FLOOD text} says the line for ever
 *   <li>{@code SILENCE} says nothing until the client leaves, and hears nothing
 *   <li>{@code EOF} waits for the client to leave
 *   <li>{@code CLOSE} closes, {@code RESET} resets the connection
 * </ul>
 */
final class ScriptedServer implements Closeable {

    private static final int PATIENCE = 10_000;

    private final ServerSocket listener;
    private final List<String> scripts;
    private final SSLContext tls;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<byte[]> contents = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile int played;

    private ScriptedServer(SSLContext tls, List<String> scripts) throws IOException {
        this.tls = tls;
        this.scripts = scripts;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread accepting = new Thread(this::accept, "scripted-server");
        threads.add(accepting);
        accepting.start();
    }

    static ScriptedServer plays(String... scripts) throws IOException {
        return new ScriptedServer(null, List.of(scripts));
    }

    static ScriptedServer playsWithTls(SSLContext tls, String... scripts) throws IOException {
        return new ScriptedServer(tls, List.of(scripts));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Contents heard so far, dots still stuffed, without the final dot. */
    List<byte[]> contents() {
        return contents;
    }

    /** The one content heard, as text. */
    String content() {
        if (contents.size() != 1) {
            throw new AssertionError(contents.size() + " contents were heard");
        }
        return new String(contents.get(0), StandardCharsets.UTF_8);
    }

    /** How many scripts have come to their end. */
    int played() {
        return played;
    }

    /** Waits for all scripts to come to their end, and reports what went wrong in them. */
    void verify() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        while (played < scripts.size() && failures.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        report();
        if (played < scripts.size()) {
            throw new AssertionError("only " + played + " of " + scripts.size() + " scripts came to their end");
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread thread : threads) {
            thread.interrupt();
        }
        report();
    }

    private void report() {
        if (!failures.isEmpty()) {
            throw new AssertionError("The script was not kept", failures.get(0));
        }
    }

    private void accept() {
        try {
            for (String script : scripts) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(PATIENCE);
                sockets.add(socket);
                new Player(socket).play(script);
                played++;
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            if (!listener.isClosed()) {
                failures.add(e);
            }
        }
    }

    private final class Player {

        private Socket socket;
        private InputStream in;
        private OutputStream out;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

        Player(Socket socket) throws IOException {
            use(socket);
        }

        private void use(Socket other) throws IOException {
            socket = other;
            in = other.getInputStream();
            out = other.getOutputStream();
        }

        void play(String script) throws IOException {
            for (String line : script.lines().map(String::strip).filter(step -> !step.isEmpty()).toList()) {
                String[] step = line.split(" ", 2);
                String argument = step.length == 2 ? step[1] : "";
                switch (step[0]) {
                    case "S:" -> pending.write(unescaped(argument + "\\r\\n"));
                    case "s:" -> pending.write(unescaped(argument));
                    default -> {
                        flush();
                        perform(step[0], argument);
                    }
                }
            }
            flush();
            socket.close();
        }

        private void perform(String step, String argument) throws IOException {
            switch (step) {
                case "C:" -> hear(argument);
                case "CONTENT" -> contents.add(hearContent());
                case "OCTETS" -> contents.add(in.readNBytes(Integer.parseInt(argument)));
                case "TLS" -> encrypt();
                case "DRIBBLE" -> sayForEver(unescaped(argument), 20);
                case "FLOOD" -> sayForEver(unescaped(argument + "\\r\\n"), 0);
                case "SILENCE" -> awaitClosed();
                case "EOF" -> expectEnd();
                case "CLOSE" -> socket.close();
                case "RESET" -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                default -> throw new IllegalArgumentException("No such step: " + step);
            }
        }

        private void hear(String expected) throws IOException {
            String heard = hearLine();
            boolean begins = expected.endsWith("*")
                    && heard.startsWith(expected.substring(0, expected.length() - 1));
            if (!begins && !heard.equals(expected)) {
                throw new AssertionError("expected <" + expected + "> but heard <" + heard + ">");
            }
        }

        private String hearLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int previous = -1;
            while (true) {
                int octet = in.read();
                if (octet < 0) {
                    throw new EOFException("the client left");
                }
                if (octet == '\n' && previous == '\r') {
                    return line.toString(StandardCharsets.UTF_8).substring(0, line.size() == 0 ? 0
                            : line.toString(StandardCharsets.UTF_8).length() - 1);
                }
                line.write(octet);
                previous = octet;
            }
        }

        /** Up to CRLF.CRLF; what a client would smuggle stays in. */
        private byte[] hearContent() throws IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            content.write('\r');
            content.write('\n');
            while (true) {
                int octet = in.read();
                if (octet < 0) {
                    throw new EOFException("the client left within the content");
                }
                content.write(octet);
                if (octet == '\n') {
                    byte[] octets = content.toByteArray();
                    int n = octets.length;
                    if (n >= 5 && new String(octets, n - 5, 5, StandardCharsets.ISO_8859_1).equals("\r\n.\r\n")) {
                        return java.util.Arrays.copyOfRange(octets, 2, Math.max(2, n - 3));
                    }
                }
            }
        }

        private void encrypt() throws IOException {
            SSLSocket secured = (SSLSocket) tls.getSocketFactory()
                    .createSocket(socket, "127.0.0.1", socket.getPort(), true);
            secured.setUseClientMode(false);
            sockets.add(secured);
            try {
                secured.startHandshake();
            } catch (IOException e) {
                // The client's side of it is what the test is about.
                secured.close();
            }
            use(secured);
        }

        private void sayForEver(byte[] octets, long pause) throws IOException {
            try {
                while (true) {
                    for (byte octet : octets) {
                        if (pause > 0) {
                            out.write(octet);
                            Thread.sleep(pause);
                        }
                    }
                    if (pause == 0) {
                        out.write(octets);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // The client has left, as it should.
                socket.close();
            }
        }

        private void awaitClosed() {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
            try {
                // Reading would open the window that a test may want to stay shut; the client's end shows in a write.
                while (!listener.isClosed() && System.nanoTime() < end) {
                    Thread.sleep(5);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void expectEnd() throws IOException {
            try {
                int octet = in.read();
                if (octet >= 0) {
                    throw new AssertionError("the client should have left, but said " + (char) octet);
                }
            } catch (java.net.SocketException | javax.net.ssl.SSLException e) {
                // A reset is an end too.
                socket.close();
            }
        }

        private void flush() throws IOException {
            if (pending.size() > 0) {
                out.write(pending.toByteArray());
                out.flush();
                pending.reset();
            }
        }

        private byte[] unescaped(String text) {
            return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0").replace("\\e", "\33")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
