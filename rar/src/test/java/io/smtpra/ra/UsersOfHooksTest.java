package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.inbound.delivery.FakeTransactions;
import io.smtpra.ra.inbound.delivery.FakeWorkManager;
import io.smtpra.ra.inbound.smtp.hosting.LoadableHooks;
import io.smtpra.ra.tls.material.TestPki;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter without a security domain, on a server that takes no callers: a hook knows the users. */
class UsersOfHooksTest {

    private final SmtpResourceAdapter adapter = new SmtpResourceAdapter();
    private final FakeBootstrapContext context = new FakeBootstrapContext();
    private final FakeWorkManager server = new FakeWorkManager(new FakeTransactions());
    private int port;

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        context.workManager = server;
        adapter.setSpoolDirectory(directory.resolve("spool").toString());
        adapter.setSubmissionsPort(Integer.toString(port));
        adapter.setHooks(LoadableHooks.Users.class.getName());
    }

    @AfterEach
    void stop() {
        adapter.stop();
        server.close();
    }

    @Test
    void aHookIsEnoughToLetUsersIn() throws Exception {
        // No server takes a caller where there is no security domain: this one takes no work at all at its start.
        server.rejects = true;
        adapter.start(context);
        server.rejects = false;
        try (Socket client = client()) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("220 ");
            say(client, "EHLO a");
            assertThat(in.lines().takeWhile(line -> line.startsWith("250-"))).contains("250-AUTH PLAIN LOGIN");
            say(client, "AUTH PLAIN " + base64("\0alice\0wrong"));
            assertThat(in.readLine()).startsWith("535 5.7.8");
            say(client, "AUTH PLAIN " + base64("\0alice\0alice"));
            assertThat(in.readLine()).startsWith("235 2.7.0");
            say(client, "MAIL FROM:<alice@example.com>");
            assertThat(in.readLine()).startsWith("250 2.1.0");
        }
    }

    @Test
    void withoutAHookTheServerMustKnowUsers() {
        server.rejects = true;
        adapter.setHooks("");
        assertThatThrownBy(() -> adapter.start(context)).isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("no security domain is named");
    }

    @Test
    void whatHooksCannotTellNeedsASecurityDomain() throws Exception {
        adapter.setTrustedCertificatesFile(
                TestPki.authority("Clients").file(directory.resolve("ca.pem")).toString());
        adapter.setSubmissionsClientCertificates("request");
        adapter.setSubmissionsAuthMechanisms("EXTERNAL, PLAIN");
        assertThatThrownBy(() -> adapter.start(context)).isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("'submissionsAuthMechanisms' is 'EXTERNAL', allowed: PLAIN and LOGIN");
    }

    private Socket client() throws Exception {
        SSLContext gullible = SSLContext.getInstance("TLS");
        gullible.init(null, new TrustManager[] {new Gullible()}, null);
        Socket socket = gullible.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static final class Gullible implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // everybody
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // everybody
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
