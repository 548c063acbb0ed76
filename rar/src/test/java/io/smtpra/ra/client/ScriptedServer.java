package io.smtpra.ra.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A server that says and hears what its script tells, however wrong that is. Each connection plays the next script. A
 * script has a line for each step:
 *
 * <ul>
 *   <li>{@code S: text} says a line ({@code \r}, {@code \n}, {@code \0} and {@code \e} stand for themselves); lines in
 *   a
 *       row are one segment
 *   <li>{@code s: text} says octets without a line end
 *   <li>{@code C: text} hears that line; {@code C: *} any line; {@code C: text*} one that begins so
 *   <li>{@code CONTENT} hears lines up to a dot; {@code OCTETS n} hears n octets; both are kept
 *   <li>{@code TLS} makes a handshake
 *   <li>{@code HELLO-OCTETS} waits for the first octet of a handshake; {@code LEFT} hears whatever comes until the
 *       client leaves
 *   <li>{@code REKEY} lets TLS say something by itself: in TLSv1.3 that keys change
 *   <li>{@code DRIBBLE text} says the text an octet at a time, slowly, for ever
 *   <li>{@code FLOOD text} says the line for ever
 *   <li>{@code SILENCE} says nothing until the client leaves, and hears nothing
 *   <li>{@code PAUSE ms} waits; {@code HALF-CLOSE} will say no more, but hears on
 *   <li>{@code EOF} waits for the client to leave
 *   <li>{@code CLOSE} closes, {@code RESET} resets the connection
 * </ul>
 */
public final class ScriptedServer implements Closeable {

    private static final int PATIENCE = 10_000;
    private static final long END_OF_DATA = 0x0d_0a_2e_0d_0aL;

    private final ServerSocket listener;
    private final List<String> scripts;
    private final SSLContext tls;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Long> sessions = new CopyOnWriteArrayList<>();
    private final List<byte[]> contents = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile int played;
    private volatile String lastHeard = "";

    private ScriptedServer(InetSocketAddress address, SSLContext tls, List<String> scripts) throws IOException {
        this.tls = tls;
        this.scripts = scripts;
        this.listener = new ServerSocket();
        this.listener.bind(address, 50);
        Thread accepting = new Thread(this::accept, "scripted-server");
        threads.add(accepting);
        accepting.start();
    }

    public static ScriptedServer plays(String... scripts) throws IOException {
        return new ScriptedServer(new InetSocketAddress("127.0.0.1", 0), null, List.of(scripts));
    }

    /** At another address than the usual one. */
    public static ScriptedServer playsAt(InetSocketAddress address, String... scripts) throws IOException {
        return new ScriptedServer(address, null, List.of(scripts));
    }

    public static ScriptedServer playsWithTls(SSLContext tls, String... scripts) throws IOException {
        return new ScriptedServer(new InetSocketAddress("127.0.0.1", 0), tls, List.of(scripts));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Contents heard so far, dots still stuffed, without the final dot. */
    public List<byte[]> contents() {
        return contents;
    }

    /** The one content heard, as text. */
    public String content() {
        if (contents.size() != 1) {
            throw new AssertionError(contents.size() + " contents were heard");
        }
        return new String(contents.get(0), StandardCharsets.UTF_8);
    }

    /** The line heard last, or REKEY when that is done. */
    public String lastHeard() {
        return lastHeard;
    }

    /** For each handshake, when its TLS session was made: at the same time as the former's if that one is resumed. */
    public List<Long> sessions() {
        return sessions;
    }

    /** How many scripts have come to their end. */
    public int played() {
        return played;
    }

    /** Waits for all scripts to come to their end, and reports what went wrong in them. */
    public void verify() {
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
                try (Socket socket = listener.accept()) {
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(PATIENCE);
                    sockets.add(socket);
                    new Player(socket).play(script);
                    played++;
                }
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
            in = new BufferedInputStream(other.getInputStream());
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
                case "HELLO-OCTETS" -> in.skip(1);
                case "LEFT" -> in.transferTo(OutputStream.nullOutputStream());
                case "REKEY" -> {
                    ((SSLSocket) socket).startHandshake();
                    lastHeard = step;
                }
                case "PAUSE" -> pause(Integer.parseInt(argument));
                case "HALF-CLOSE" -> socket.shutdownOutput();
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
            lastHeard = heard;
            boolean begins = expected.endsWith("*")
                    && heard.startsWith(expected.substring(0, expected.length() - 1));
            if (!begins && !heard.equals(expected)) {
                throw new AssertionError("expected <" + expected + "> but heard <" + heard + ">");
            }
        }

        private String hearLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int previous = 0;
            int octet = in.read();
            while (octet != '\n' || previous != '\r') {
                if (octet < 0) {
                    throw new EOFException("the client left");
                }
                line.write(octet);
                previous = octet;
                octet = in.read();
            }
            String heard = line.toString(StandardCharsets.UTF_8);
            return heard.substring(0, heard.length() - 1);
        }

        /** Up to CRLF.CRLF; what a client would smuggle stays in. */
        private byte[] hearContent() throws IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            // CRLF . CRLF, as the last five octets; the content begins behind a line end.
            long last = '\r' << 8 | '\n';
            while (last != END_OF_DATA) {
                int octet = in.read();
                if (octet < 0) {
                    throw new EOFException("the client left within the content");
                }
                content.write(octet);
                last = (last << 8 | octet) & 0xff_ffff_ffffL;
            }
            return Arrays.copyOf(content.toByteArray(), content.size() - 3);
        }

        private void encrypt() throws IOException {
            SSLSocket secured = (SSLSocket) tls.getSocketFactory()
                    .createSocket(socket, "127.0.0.1", socket.getPort(), true);
            secured.setUseClientMode(false);
            sockets.add(secured);
            try {
                secured.startHandshake();
                sessions.add(secured.getSession().getCreationTime());
                use(secured);
            } catch (IOException e) {
                // The client's side of it is what the test is about.
                secured.close();
            }
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

        /** Reading would open the window that a test wants shut, so only the test itself can end it. */
        private void awaitClosed() {
            for (int waited = 0; waited < PATIENCE && !listener.isClosed(); waited += 5) {
                pause(5);
            }
        }

        private void pause(int millis) {
            try {
                Thread.sleep(millis);
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
            } catch (SocketException | SSLException e) {
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
