package io.smtpra.ra.tls.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.client.ServerContexts;
import io.smtpra.ra.client.net.TlsConnection;
import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.material.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes that overlap each resume a session of their own, although a ticket of TLS 1.3 serves once. */
@Timeout(60)
@ParameterizedClass
@MethodSource("io.smtpra.ra.tls.Providers#here")
class ClientSessionsTest {

    @Parameter
    TlsProvider provider;

    private static final int OVERLAPPING = 4;

    /** When the session of each handshake was made. */
    private final List<Long> sessions = new CopyOnWriteArrayList<>();

    @Test
    void overlapping_handshakes_are_all_resumed_the_next_time() throws Exception {
        try (SSLServerSocket server = (SSLServerSocket) ServerContexts
                .of(TestPki.selfSigned(TestPki.Request.host("localhost"))).getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread accepting = new Thread(() -> accept(server), "tls-server");
            accepting.setDaemon(true);
            accepting.start();
            ClientTls tls = ClientTls.open(Providers.with(provider, ClientTlsConfig.of(CertificateCheck.NONE)));
            List<Long> first = round(tls, server.getLocalPort());
            List<Long> second = round(tls, server.getLocalPort());
            assertThat(first).hasSize(OVERLAPPING);
            assertThat(second).hasSize(OVERLAPPING).isSubsetOf(first);
        }
    }

    private List<Long> round(ClientTls tls, int port) throws IOException {
        sessions.clear();
        List<TlsConnection> open = new ArrayList<>();
        for (int i = 0; i < OVERLAPPING; i++) {
            open.add(TlsConnection.open(tls, "localhost", port));
        }
        for (TlsConnection each : open) {
            assertThat(each.read(1)).isEqualTo("x");
        }
        for (TlsConnection each : open) {
            each.close();
        }
        return List.copyOf(sessions);
    }

    private void accept(SSLServerSocket server) {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) server.accept();
                Thread serving = new Thread(() -> serve(socket), "tls-server-connection");
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            sessions.add(socket.getSession().getCreationTime());
            socket.getOutputStream().write('x');
            socket.getInputStream().read();
        } catch (IOException e) {
            // The client has left.
        }
    }
}
