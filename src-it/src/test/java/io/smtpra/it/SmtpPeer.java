package io.smtpra.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A next hop at {@link Ports#RELAY}: takes all mail, or answers a verb with a reply that the test has set, and
 * remembers what it was told. With a TLS context it offers STARTTLS, without one it does not.
 */
final class SmtpPeer implements AutoCloseable {

    /**
     * A mail that it has taken.
     *
     * @param from the reverse-path, without brackets
     * @param recipients the forward-paths, without brackets
     * @param content the content, dot-stuffing undone
     * @param tlsProtocol the TLS version it came with, absent if it came in plain text
     * @param octets the content as octets, each a character
     */
    record Received(
            String from, List<String> recipients, String content, Optional<String> tlsProtocol, String octets) {}

    private final Optional<SSLContext> tls;
    private final ServerSocket listener;
    private final Thread acceptor;
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final Set<Dialogue> dialogues = ConcurrentHashMap.newKeySet();
    private volatile int mostConnections;
    private volatile boolean away;
    private volatile boolean asksForCertificates;
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<Received> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    private SmtpPeer(Optional<SSLContext> tls) throws IOException {
        this.tls = tls;
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getByName(Ports.LOOPBACK), Ports.RELAY));
        acceptor = start("smtp-peer", this::accept);
    }

    /** Goes and comes back, as a server does: a mail that it is at work on it finishes, and says so, before it goes. */
    void restart() throws IOException {
        away = true;
        for (Dialogue dialogue : dialogues) {
            dialogue.closeBetweenMails();
        }
        away = false;
    }

    /** The most connections that were open at once. */
    int mostConnections() {
        return mostConnections;
    }

    static SmtpPeer withStartTls(SSLContext context) throws IOException {
        return new SmtpPeer(Optional.of(context));
    }

    static SmtpPeer plain() throws IOException {
        return new SmtpPeer(Optional.empty());
    }

    /** Asks each client for a certificate, and ends the handshake of one that has none. */
    SmtpPeer askingForCertificates() {
        asksForCertificates = true;
        return this;
    }

    /** Whose certificates it was shown. */
    List<String> shown() {
        return List.copyOf(shown);
    }

    /** Takes again what it has answered with a reply of the test's. */
    void taking(String command) {
        replies.remove(command);
    }

    /**
     * Answers a verb, a whole command line, or {@code .} for the end of the content, with a reply such as
     * {@code 550 5.1.1 unknown}.
     */
    SmtpPeer answering(String verb, String reply) {
        replies.put(verb, reply);
        return this;
    }

    /** The mails taken up to now. */
    List<Received> mails() {
        return List.copyOf(mails);
    }

    /** The commands heard up to now, of all connections. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    /** Waits for the first mail. */
    Received awaitMail() {
        return Await.value("a mail at the next hop", () -> mails.stream().findFirst());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Dialogue dialogue : dialogues) {
            dialogue.close();
        }
        try {
            // Until it has left accept(), the port is not free for the next test.
            acceptor.join(Await.BOUND.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                Dialogue dialogue = new Dialogue(connection);
                dialogues.add(dialogue);
                mostConnections = Math.max(mostConnections, dialogues.size());
                if (away) {
                    dialogue.closeBetweenMails();
                }
                start("smtp-peer-connection", () -> serve(dialogue));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Dialogue dialogue) {
        try (dialogue) {
            dialogue.run();
        } catch (IOException e) {
            // the other side or the test has gone
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** One connection. */
    private final class Dialogue implements AutoCloseable {

        private final Socket connection;
        private final Lock work = new ReentrantLock();
        private Socket socket;
        private InputStream in;
        private Optional<String> tlsProtocol = Optional.empty();
        private String from = "";
        private List<String> recipients = new CopyOnWriteArrayList<>();

        Dialogue(Socket connection) throws IOException {
            this.connection = connection;
            socket = connection;
            in = new BufferedInputStream(connection.getInputStream());
        }

        void run() throws IOException {
            reply("220 peer.example.org ESMTP");
            String line = readLine();
            while (line != null) {
                if (!handle(line)) {
                    return;
                }
                line = readLine();
            }
        }

        private boolean handle(String line) throws IOException {
            work.lock();
            try {
                commands.add(line);
                String verb = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
                Optional<String> scripted = Optional.ofNullable(replies.getOrDefault(line, replies.get(verb)));
                if (scripted.isPresent()) {
                    reply(scripted.get());
                    return !scripted.get().startsWith("421");
                }
                return answer(verb, line);
            } finally {
                work.unlock();
            }
        }

        void closeBetweenMails() throws IOException {
            work.lock();
            try {
                close();
            } finally {
                work.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            dialogues.remove(this);
            connection.close();
        }

        private boolean answer(String verb, String line) throws IOException {
            switch (verb) {
                case "EHLO" -> reply(tls.isPresent() && tlsProtocol.isEmpty()
                        ? "250-peer.example.org\r\n250-8BITMIME\r\n250 STARTTLS"
                        : "250-peer.example.org\r\n250 8BITMIME");
                case "STARTTLS" -> startTls();
                case "MAIL" -> {
                    from = path(line);
                    recipients = new CopyOnWriteArrayList<>();
                    reply("250 2.1.0 Ok");
                }
                case "RCPT" -> {
                    recipients.add(path(line));
                    reply("250 2.1.5 Ok");
                }
                case "DATA" -> {
                    return content();
                }
                case "QUIT" -> {
                    dialogues.remove(this);
                    reply("221 2.0.0 Bye");
                    return false;
                }
                default -> reply("250 2.0.0 Ok");
            }
            return true;
        }

        private void startTls() throws IOException {
            if (tls.isEmpty() || tlsProtocol.isPresent()) {
                reply("502 5.5.1 Not here");
                return;
            }
            reply("220 2.0.0 Go ahead");
            SSLSocket secure = (SSLSocket) tls.get().getSocketFactory().createSocket(socket, null, true);
            secure.setUseClientMode(false);
            secure.setNeedClientAuth(asksForCertificates);
            secure.startHandshake();
            if (asksForCertificates) {
                shown.add(((X509Certificate) secure.getSession().getPeerCertificates()[0])
                        .getSubjectX500Principal().getName());
            }
            tlsProtocol = Optional.of(secure.getSession().getProtocol());
            socket = secure;
            in = new BufferedInputStream(secure.getInputStream());
        }

        private boolean content() throws IOException {
            reply("354 Go on");
            StringBuilder content = new StringBuilder();
            String line = readLine(StandardCharsets.ISO_8859_1);
            while (line != null && !line.equals(".")) {
                content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
                line = readLine(StandardCharsets.ISO_8859_1);
            }
            String octets = content.toString();
            String text = new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            Optional<String> scripted = Optional.ofNullable(replies.get("."));
            if (scripted.isEmpty()) {
                mails.add(new Received(from, List.copyOf(recipients), text, tlsProtocol, octets));
            }
            reply(scripted.orElse("250 2.0.0 Ok: queued as PEER" + mails.size()));
            return !scripted.orElse("").startsWith("421");
        }

        private void reply(String text) throws IOException {
            socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        private String readLine() throws IOException {
            return readLine(StandardCharsets.UTF_8);
        }

        private String readLine(Charset charset) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int octet = in.read();
            while (octet >= 0 && octet != '\n') {
                line.write(octet);
                octet = in.read();
            }
            return octet < 0 ? null : line.toString(charset).replaceFirst("\r$", "");
        }

        private static String path(String line) {
            return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }
    }
}
