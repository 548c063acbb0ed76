package io.smtpra.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Sends mail to a port on loopback, over some connections at a time. */
final class SmtpLoad {

    private static final int CONNECTIONS = 8;
    private static final byte[] MAIL = ascii("MAIL FROM:<a@example.org>\r\n");
    private static final byte[] RCPT = ascii("RCPT TO:<b@example.com>\r\n");
    private static final byte[] DATA = ascii("DATA\r\n");
    private static final byte[] GROUP = ascii("MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n");

    private final int port;
    private final Optional<SSLContext> tls;

    private SmtpLoad(int port, Optional<SSLContext> tls) {
        this.port = port;
        this.tls = tls;
    }

    static SmtpLoad of(int port, SSLContext tls) {
        return new SmtpLoad(port, Optional.of(tls));
    }

    static SmtpLoad plain(int port) {
        return new SmtpLoad(port, Optional.empty());
    }

    /** Sends all mails of a scenario; returns when each has been answered with 250. */
    void run(Scenario scenario, int messages) throws Exception {
        byte[] message = scenario.message();
        AtomicInteger left = new AtomicInteger(messages);
        inParallel(CONNECTIONS, () -> {
            send(scenario, message, left);
            return null;
        });
    }

    /** Sends one mail over each of some connections, to the bean that sends on command. */
    void order(int connections, String subject, int size) throws Exception {
        byte[] message = Scenario.message(subject, size);
        inParallel(connections, () -> {
            try (Session session = new Session(false)) {
                session.order(message);
            }
            return null;
        });
    }

    private static void inParallel(int threads, Callable<Void> work) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Void> sender : senders.invokeAll(Collections.nCopies(threads, work))) {
                sender.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private void send(Scenario scenario, byte[] message, AtomicInteger left) throws Exception {
        if (scenario.kept()) {
            try (Session session = new Session(scenario.startTls())) {
                while (left.getAndDecrement() > 0) {
                    session.mail(scenario, message);
                }
            }
            return;
        }
        while (left.getAndDecrement() > 0) {
            try (Session session = new Session(scenario.startTls())) {
                session.mail(scenario, message);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private final class Session implements AutoCloseable {
        private Socket socket;
        private InputStream in;
        private OutputStream out;

        Session(boolean startTls) throws Exception {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            open();
            expect(220);
            say("EHLO client.example.org\r\n", 250);
            if (startTls) {
                say("STARTTLS\r\n", 220);
                SSLSocket secure = (SSLSocket) tls.orElseThrow().getSocketFactory().createSocket(socket, "localhost", port, true);
                secure.startHandshake();
                socket = secure;
                open();
                say("EHLO client.example.org\r\n", 250);
            }
        }

        void mail(Scenario scenario, byte[] message) throws IOException {
            if (scenario.pipelined()) {
                out.write(GROUP);
                expect(250);
                expect(250);
            } else {
                out.write(MAIL);
                expect(250);
                out.write(RCPT);
                expect(250);
                out.write(DATA);
            }
            expect(354);
            out.write(message);
            expect(250);
        }

        void order(byte[] message) throws IOException {
            socket.setSoTimeout(300_000);
            say("MAIL FROM:<a@example.org>\r\n", 250);
            say("RCPT TO:<order@example.net>\r\n", 250);
            say("DATA\r\n", 354);
            out.write(message);
            expect(250);
        }

        @Override
        public void close() throws IOException {
            say("QUIT\r\n", 221);
            socket.close();
        }

        private void open() throws IOException {
            in = new BufferedInputStream(socket.getInputStream(), 4096);
            out = socket.getOutputStream();
        }

        private void say(String line, int code) throws IOException {
            out.write(ascii(line));
            expect(code);
        }

        private void expect(int code) throws IOException {
            boolean more = true;
            while (more) {
                int read = 0;
                for (int i = 0; i < 3; i++) {
                    read = read * 10 + in.read() - '0';
                }
                more = in.read() == '-';
                StringBuilder rest = new StringBuilder();
                for (int c = in.read(); c != '\n'; c = in.read()) {
                    if (c < 0) {
                        throw new IOException("Connection closed instead of a reply " + code);
                    }
                    rest.append((char) c);
                }
                if (read != code) {
                    throw new IOException("Reply " + read + rest + " instead of " + code);
                }
            }
        }
    }
}
