package io.smtpra.it;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends contents octet for octet, whatever they are, over one connection. */
final class OctetClient implements Closeable {

    private static final int TIMEOUT_MILLIS = 120_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final OutputStream out;

    OctetClient(int port) throws IOException {
        socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        reply();
        say("EHLO client.example.org");
    }

    /** Sends a content, and returns the reply to it or the one that refused it. */
    String send(String recipient, byte[] content) throws IOException {
        String reply = say("MAIL FROM:<author@example.org> BODY=8BITMIME SMTPUTF8");
        reply = reply.startsWith("250") ? say("RCPT TO:<" + recipient + ">") : reply;
        reply = reply.startsWith("250") ? say("DATA") : reply;
        if (!reply.startsWith("354")) {
            return reply;
        }
        boolean lineStart = true;
        for (byte octet : content) {
            if (lineStart && octet == '.') {
                out.write('.');
            }
            out.write(octet);
            lineStart = octet == '\n';
        }
        return say(lineStart ? "." : "\r\n.");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    private String reply() throws IOException {
        String line;
        do {
            line = in.readLine();
            if (line == null) {
                throw new IOException("The server has closed the connection");
            }
        } while (line.length() > 3 && line.charAt(3) == '-');
        return line;
    }
}
