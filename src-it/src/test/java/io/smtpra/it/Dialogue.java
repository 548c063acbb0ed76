package io.smtpra.it;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An SMTP connection, line by line, that takes no offence at refusals. */
final class Dialogue implements Closeable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final OutputStream out;

    /** Connects and says EHLO. */
    Dialogue(int port) throws IOException {
        socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
        reply();
        command("EHLO client.example.org");
    }

    /** Sends a mail over a connection of its own, and returns the last reply that mattered to it. */
    static String send(String subject, String... recipients) throws IOException {
        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            return dialogue.mail(subject, recipients);
        }
    }

    /** Sends a content over a connection of its own, and returns the last reply. */
    static String sendContent(String reversePath, String recipient, String content) throws IOException {
        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            dialogue.command("MAIL FROM:<" + reversePath + ">");
            dialogue.command("RCPT TO:<" + recipient + ">");
            dialogue.command("DATA");
            return dialogue.command(content + ".");
        }
    }

    /** Sends a mail, and returns the reply that refused it, or that to its content. */
    String mail(String subject, String... recipients) throws IOException {
        return mailOf(subject, "text", recipients);
    }

    /** Sends a mail with a text of several lines, perhaps. */
    String mailOf(String subject, String text, String... recipients) throws IOException {
        String reply = command("MAIL FROM:<author@example.org>");
        for (String recipient : recipients) {
            reply = reply.startsWith("2") ? command("RCPT TO:<" + recipient + ">") : reply;
        }
        reply = reply.startsWith("2") ? command("DATA") : reply;
        if (reply.startsWith("354")) {
            return command("Subject: " + subject + "\r\n\r\n" + text + "\r\n.");
        }
        if (!reply.startsWith("421")) {
            command("RSET");
        }
        return reply;
    }

    /** Says a line, and returns the last line of its reply. */
    String command(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    /** The last line of what the server says, asked or not. */
    String reply() throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("The server has closed the connection");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
