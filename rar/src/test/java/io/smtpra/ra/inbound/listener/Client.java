package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that does as it is told, also what no client should. */
final class Client implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private Socket socket;

    Client(InetSocketAddress server) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server, PATIENCE_MILLIS);
    }

    /** Plays a transcript: {@code C:} lines in a row go in one write; each {@code S:} line must come as it stands. */
    Client plays(String transcript) throws IOException {
        StringBuilder sent = new StringBuilder();
        for (String line : transcript.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            String text = line.length() > 3 ? line.substring(3) : "";
            if (line.startsWith("C:")) {
                sent.append(text).append("\r\n");
            } else {
                sends(sent.toString());
                sent.setLength(0);
                assertThat(hears()).isEqualTo(text);
            }
        }
        return sends(sent.toString());
    }

    Client sends(String octets) throws IOException {
        if (!octets.isEmpty()) {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }
        return this;
    }

    /** One line, without its CRLF; empty at the end of the connection. */
    String hears() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** All lines up to the end of the connection. */
    List<String> hearsAll() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = hears(); !line.isEmpty(); line = hears()) {
            lines.add(line);
        }
        return lines;
    }

    Client endsOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    Client resets() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        return this;
    }

    Client handshakes(String... versions) throws IOException, GeneralSecurityException {
        return handshakes(Optional.empty(), versions);
    }

    /** Asks in the handshake for a host by any name, also by one that is none. */
    Client asks(String serverName) throws IOException, GeneralSecurityException {
        return handshakes(Optional.of(serverName));
    }

    private Client handshakes(Optional<String> serverName, String... versions)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Gullible()}, new SecureRandom());
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
        if (versions.length > 0) {
            tls.setEnabledProtocols(versions);
        }
        serverName.ifPresent(name -> {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setServerNames(List.of(
                    new SNIServerName(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII)) {}));
            tls.setSSLParameters(parameters);
        });
        tls.startHandshake();
        socket = tls;
        return this;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Gullible implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
