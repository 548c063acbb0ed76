package io.smtpra.ra.outbound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A next hop on loopback that takes mail, and misbehaves where it is told to. */
final class SmtpPeer implements AutoCloseable {

    private final ServerSocket socket;
    private final Thread acceptor;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Received> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Set<String> hangUps = ConcurrentHashMap.newKeySet();
    private volatile String ehlo =
            "250-peer.example.com\r\n250-PIPELINING\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 DSN";

    SmtpPeer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        acceptor = run(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Answers a command that starts so with this from now on. */
    SmtpPeer answer(String command, String reply) {
        answers.put(command, reply);
        return this;
    }

    /** Hangs up, once, upon a command that starts so. */
    SmtpPeer hangUpOn(String command) {
        hangUps.add(command);
        return this;
    }

    SmtpPeer ehlo(String reply) {
        ehlo = reply;
        return this;
    }

    /** Closes the connections that are open now. */
    void hangUp() throws IOException {
        for (Socket connection : open) {
            connection.close();
        }
    }

    int connections() {
        return connections.get();
    }

    /** Connections that are open now. */
    int open() {
        return open.size();
    }

    List<Received> mails() {
        return mails;
    }

    List<String> commands() {
        return commands;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            // Until it has left accept(), somebody may still get in.
            acceptor.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hangUp();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                open.add(connection);
                connections.incrementAndGet();
                run(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
            new Session(connections.get(), in, connection.getOutputStream()).run();
        } catch (IOException e) {
            // the client left, or the test hung up
        } finally {
            open.remove(connection);
        }
    }

    private static Thread run(Runnable task) {
        Thread thread = new Thread(task, "smtp-peer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A mail that was accepted; of its octets each is one character. */
    record Received(int connection, String from, List<String> to, String octets) {

        /** What it says in UTF-8. */
        String content() {
            return utf8(octets);
        }
    }

    private static String utf8(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private final class Session {

        private final int number;
        private final BufferedReader in;
        private final OutputStream out;
        private String from = "";
        private final List<String> to = new ArrayList<>();

        Session(int number, BufferedReader in, OutputStream out) {
            this.number = number;
            this.in = in;
            this.out = out;
        }

        void run() throws IOException {
            reply(answers.getOrDefault("", "220 peer.example.com ESMTP"));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = utf8(line);
                commands.add(command);
                if (hangUps.removeIf(command::startsWith)) {
                    return;
                }
                if (command.startsWith("BDAT ") && ehlo.contains("CHUNKING")) {
                    chunk(Integer.parseInt(command.split(" ")[1]));
                    continue;
                }
                String answer = answers.entrySet().stream()
                        .filter(entry -> !entry.getKey().isEmpty() && command.startsWith(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseGet(() -> usual(command));
                reply(answer);
                if (answer.startsWith("421") || answer.startsWith("221")) {
                    return;
                }
                if (answer.startsWith("354")) {
                    content();
                }
            }
        }

        private String usual(String command) {
            if (command.startsWith("EHLO")) {
                return ehlo;
            }
            if (command.startsWith("MAIL FROM:")) {
                from = path(command);
                to.clear();
                return "250 2.1.0 Ok";
            }
            if (command.startsWith("RCPT TO:")) {
                to.add(path(command));
                return "250 2.1.5 Ok";
            }
            if (command.equals("DATA")) {
                return to.isEmpty() ? "503 5.5.1 no recipients" : "354 go on";
            }
            return command.equals("QUIT") ? "221 2.0.0 bye" : "250 2.0.0 Ok";
        }

        private void content() throws IOException {
            StringBuilder content = new StringBuilder();
            String line = in.readLine();
            while (line != null && !line.equals(".")) {
                content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
                line = in.readLine();
            }
            if (line == null || hangUps.remove(".")) {
                throw new IOException("no end of the content, or told to hang up");
            }
            take(content.toString());
        }

        /** Contents come in one chunk. */
        private void chunk(int size) throws IOException {
            char[] content = new char[size];
            for (int read = 0; read < size; ) {
                int more = in.read(content, read, size - read);
                if (more < 0) {
                    throw new IOException("no end of the content");
                }
                read += more;
            }
            take(new String(content));
        }

        private void take(String content) throws IOException {
            String answer = answers.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("content:")
                            && content.contains(entry.getKey().substring(8)))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("250 2.0.0 Ok: queued as 4C1F2A" + (mails.size() + 1));
            if (answer.startsWith("2")) {
                mails.add(new Received(number, from, List.copyOf(to), content));
            }
            reply(answer);
        }

        private String path(String command) {
            return command.substring(command.indexOf('<') + 1, command.indexOf('>'));
        }

        private void reply(String lines) throws IOException {
            out.write((lines + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
