package io.smtpra.it;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** SMTP by hand, a command and its reply at a time, in plain text, in TLS, or through {@code openssl s_client}. */
final class SmtpLines implements Closeable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final BufferedReader in;
    private final OutputStream out;
    private final Closeable connection;

    private SmtpLines(BufferedReader in, OutputStream out, Closeable connection) {
        this.in = in;
        this.out = out;
        this.connection = connection;
    }

    /** In plain text, after EHLO. */
    static SmtpLines plain(int port) throws IOException {
        return greeted(connect(port));
    }

    /** In TLS from the first octet, after EHLO. */
    static SmtpLines implicit(int port, KeyManager... keys) throws IOException {
        return greeted(secure(connect(port), keys));
    }

    /** After STARTTLS and EHLO. */
    static SmtpLines startTls(int port, KeyManager... keys) throws IOException {
        Socket socket = connect(port);
        greeted(socket).say("STARTTLS");
        SmtpLines lines = over(secure(socket, keys));
        lines.say("EHLO client.example.org");
        return lines;
    }

    /** What a server shows after STARTTLS. */
    static X509Certificate serverCertificate(int port) throws IOException {
        Socket socket = connect(port);
        try (SmtpLines lines = greeted(socket)) {
            lines.say("STARTTLS");
            return (X509Certificate) secure(socket).getSession().getPeerCertificates()[0];
        }
    }

    /** After the STARTTLS and EHLO of OpenSSL, and an EHLO of our own. */
    static SmtpLines openSsl(int port) throws IOException {
        Tool.require("openssl");
        Process process = new ProcessBuilder("openssl", "s_client", "-starttls", "smtp", "-quiet",
                "-connect", Ports.LOOPBACK + ":" + port)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        SmtpLines lines = new SmtpLines(reader(process.getInputStream()), process.getOutputStream(), process::destroy);
        lines.say("EHLO openssl.example.org");
        return lines;
    }

    /** Says a line, and returns the whole reply, its lines separated by blanks. */
    String say(String line) throws IOException {
        send(line);
        return reply();
    }

    /** Says a line, and leaves the reply for later. */
    void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** {@code AUTH PLAIN}, with its reply. */
    String authPlain(String user, String password) throws IOException {
        return say("AUTH PLAIN " + base64("\0" + user + "\0" + password));
    }

    /** Sends a mail, and returns the reply that refused it, or that to its content. */
    String mail(String from, String to, String subject) throws IOException {
        String reply = say("MAIL FROM:<" + from + ">");
        for (String recipient : to.split(",")) {
            reply = reply.startsWith("250") ? say("RCPT TO:<" + recipient + ">") : reply;
        }
        reply = reply.startsWith("250") ? say("DATA") : reply;
        return reply.startsWith("354") ? say("Subject: " + subject + "\r\n\r\ntext\r\n.") : reply;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** The next reply, its lines separated by blanks. */
    String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            line = in.readLine();
            if (line == null) {
                throw new IOException("The server has closed the connection");
            }
            reply.append(reply.isEmpty() ? "" : " ").append(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return reply.toString();
    }

    private static SmtpLines greeted(Socket socket) throws IOException {
        SmtpLines lines = over(socket);
        lines.reply();
        lines.say("EHLO client.example.org");
        return lines;
    }

    private static SmtpLines over(Socket socket) throws IOException {
        return new SmtpLines(reader(socket.getInputStream()), socket.getOutputStream(), socket);
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** TLS with whatever certificate the server shows. */
    static SSLSocket secure(Socket socket, KeyManager... keys) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new Anybody()}, new SecureRandom());
            SSLSocket secure = (SSLSocket) context.getSocketFactory()
                    .createSocket(socket, Ports.LOOPBACK, socket.getPort(), true);
            secure.startHandshake();
            return secure;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // nobody asks
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // the certificates of the tests are made by themselves
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
