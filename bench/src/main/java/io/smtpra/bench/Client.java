package io.smtpra.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of a client that knows nothing but how to send mail, and costs little. */
final class Client implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int LONG_PATIENCE_MILLIS = 300_000;
    private static final byte[] MAIL = ascii("MAIL FROM:<a@example.org>\r\n");
    private static final byte[] DATA = ascii("DATA\r\n");

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    /** Connects to loopback, and says EHLO; within TLS if there is a context. */
    Client(int port, Optional<SSLContext> tls) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        open();
        expect(220);
        say("EHLO client.example.org\r\n", 250);
        if (tls.isPresent()) {
            say("STARTTLS\r\n", 220);
            SSLSocket secure =
                    (SSLSocket) tls.get().getSocketFactory().createSocket(socket, "localhost", port, true);
            secure.startHandshake();
            socket = secure;
            open();
            say("EHLO client.example.org\r\n", 250);
        }
    }

    /** Sends a mail whose end is in the message; returns when it has been answered with 250. */
    void mail(String recipient, boolean pipelined, byte[] message) throws IOException {
        byte[] rcpt = rcpt(recipient);
        if (pipelined) {
            byte[] group = new byte[MAIL.length + rcpt.length + DATA.length];
            System.arraycopy(MAIL, 0, group, 0, MAIL.length);
            System.arraycopy(rcpt, 0, group, MAIL.length, rcpt.length);
            System.arraycopy(DATA, 0, group, MAIL.length + rcpt.length, DATA.length);
            out.write(group);
            expect(250);
            expect(250);
        } else {
            out.write(MAIL);
            expect(250);
            out.write(rcpt);
            expect(250);
            out.write(DATA);
        }
        expect(354);
        out.write(message);
        expect(250);
    }

    /** Sends a mail to the bean that sends on command; returns when it has sent everything. */
    void order(byte[] message) throws IOException {
        socket.setSoTimeout(LONG_PATIENCE_MILLIS);
        mail("order@example.net", false, message);
    }

    /** Begins a mail and sends a part of its content. */
    void begin(String recipient, byte[] part) throws IOException {
        out.write(MAIL);
        expect(250);
        out.write(rcpt(recipient));
        expect(250);
        out.write(DATA);
        expect(354);
        out.write(part);
    }

    /** Goes on with the content. */
    void goOn(byte[] part) throws IOException {
        out.write(part);
    }

    /** Closes without a word. */
    void drop() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        say("QUIT\r\n", 221);
        socket.close();
    }

    private static byte[] rcpt(String recipient) {
        return ascii("RCPT TO:<" + recipient + ">\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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
