package io.smtpra.ra.tls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.ra.client.net.TlsConnection;
import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.TlsHandshakeException.Reason;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki.Authority;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.material.TestPki;
import io.smtpra.ra.tls.material.TrustLoader;
import io.smtpra.ra.tls.material.TrustMaterial;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import io.smtpra.ra.tls.server.TlsEchoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("io.smtpra.ra.tls.Providers#here")
class ClientTlsTest {

    @Parameter
    TlsProvider provider;

    @TempDir
    Path directory;

    private Authority authority;

    @BeforeEach
    void issue() throws Exception {
        authority = TestPki.authority("Test CA");
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.com , mail.example.com, NONE          , true",
        "mail.example.com , mail.example.com, CHAIN_AND_HOST, true",
        "mail.example.com., mail.example.com, CHAIN_AND_HOST, true",
        "MAIL.example.com , mail.example.com, CHAIN_AND_HOST, true",
        "a.example.com    , *.example.com   , CHAIN_AND_HOST, true",
        "a.b.example.com  , *.example.com   , CHAIN_AND_HOST, false",
        "example.com      , *.example.com   , CHAIN_AND_HOST, false",
        "other.example.com, mail.example.com, CHAIN_AND_HOST, false",
        "other.example.com, mail.example.com, CHAIN         , true",
        "127.0.0.1        , mail.example.com, CHAIN_AND_HOST, false",
        "127.0.0.1        , mail.example.com, CHAIN         , true",
        "bücher.example   , xn--bcher-kva.example, CHAIN_AND_HOST, true",
    })
    void hostCheck(String host, String certified, CertificateCheck check, boolean passes) throws Exception {
        ClientTls client = client(check, authority);
        try (TlsEchoServer server = server(authority.issue(Request.host(certified)))) {
            if (passes) {
                try (TlsConnection socket = connect(client, server, host)) {
                    assertThat(socket.facts().peerVerified()).isEqualTo(check != CertificateCheck.NONE);
                    assertThat(socket.facts().peerCertificates()).hasSize(2);
                }
            } else {
                assertRefused(client, server, host, Reason.CERTIFICATE, "certificate of " + host + ":" + server.port());
            }
        }
    }

    @Test
    void chainsThatAreNotTrusted() throws Exception {
        ClientTls client = client(CertificateCheck.CHAIN, authority);
        try (TlsEchoServer server = server(TestPki.authority("Other").issue(Request.host("mail.example.com")))) {
            assertRefused(client, server, "mail.example.com", Reason.CERTIFICATE, "PKIX path building failed");
            assertRefused(open(ClientTlsConfig.of(CertificateCheck.CHAIN)), server, "mail.example.com",
                    Reason.CERTIFICATE, "PKIX path building failed");
        }
    }

    @Test
    void anExpiredCertificateOfTheServer() throws Exception {
        ZonedDateTime now = ZonedDateTime.now();
        var expired = authority.issue(Request.host("mail.example.com").valid(now.minusDays(3), now.minusDays(1)));
        try (TlsEchoServer server = TlsEchoServer.openedAt(now.minusDays(2).toInstant(),
                ServerTlsConfig.of(expired.pemFiles(directory, "old")))) {
            assertRefused(client(CertificateCheck.CHAIN, authority), server, "mail.example.com", Reason.CERTIFICATE,
                    "validity check failed");
        }
    }

    @Test
    void aClientMakesNoCertificateOfItsOwn() {
        TlsConfigurationException fault = catchThrowableOfType(TlsConfigurationException.class, () -> ClientTls.open(
                new ClientTlsConfig(CertificateCheck.NONE, Optional.empty(), false,
                        Optional.of(new KeyMaterial.SelfSigned("mail.example.com")), List.of(), List.of())));
        assertThat(fault).hasMessageContaining("a self-signed certificate is made for listeners alone");
    }

    @Test
    void trustFromAStore() throws Exception {
        var store = TestPki.emptyStore("PKCS12");
        store.setCertificateEntry("ca", authority.root().certificate());
        Path file = directory.resolve("trust.p12");
        try (var out = java.nio.file.Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        ClientTls client = client(CertificateCheck.CHAIN_AND_HOST,
                new TrustMaterial.TrustStoreFile(file, "PKCS12", Optional.of("changeit")));
        try (TlsEchoServer server = server(authority.issue(Request.host("mail.example.com")));
                TlsConnection socket = connect(client, server, "mail.example.com")) {
            assertThat(socket.facts().peerVerified()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void resumesSessions(String protocol) throws Exception {
        ClientTls client = open(new ClientTlsConfig(CertificateCheck.NONE, Optional.empty(), false,
                Optional.empty(), List.of(protocol), List.of()));
        try (TlsEchoServer server = server(authority.issue(Request.host("mail.example.com")))) {
            X509Certificate shown = certificateShown(client, server);
            long made = server.lastSessionMade();
            awaitAfter(made);
            assertThat(certificateShown(client, server)).isEqualTo(shown);
            assertThat(server.lastSessionMade()).isEqualTo(made);
            awaitAfter(made);
            client.reload();
            certificateShown(client, server);
            assertThat(server.lastSessionMade()).as("with other material").isGreaterThan(made);
        }
    }

    @Test
    void aPeerThatDoesNotSpeakTls() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            answer(listener, "220 mail.example.com ESMTP\r\n");
            assertFailure(listener, Reason.PROTOCOL, "TLS handshake with mail.example.com:" + listener.getLocalPort()
                    + " failed");
        }
    }

    @Test
    void aPeerThatIsSilent() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            answer(listener, "");
            assertFailure(listener, Reason.TIMEOUT, "TLS handshake with mail.example.com:" + listener.getLocalPort()
                    + " not finished in time");
        }
    }

    @Test
    void whatIsLargeGoesThereAndBack() throws Exception {
        byte[] large = new byte[3 << 20];
        Arrays.fill(large, (byte) 'x');
        try (TlsEchoServer server = server(authority.issue(Request.host("mail.example.com")));
                TlsConnection socket = connect(open(ClientTlsConfig.of(CertificateCheck.NONE)), server, "localhost")) {
            int part = 100_000;
            for (int sent = 0; sent < large.length; sent += part) {
                byte[] some = Arrays.copyOfRange(large, sent, Math.min(large.length, sent + part));
                socket.write(some);
                assertThat(socket.read(some.length)).hasSize(some.length).matches("x+");
            }
        }
    }

    @Test
    void keyAndTrustOfAContextOfTheServer() throws Exception {
        var context = javax.net.ssl.SSLContext.getInstance("TLS");
        context.init(null, new javax.net.ssl.TrustManager[] {
            TrustLoader.load(authority.trust(directory.resolve("ca.crt")), false)}, null);
        KeyMaterial.ServerContext material = new KeyMaterial.ServerContext("mail", () -> context);
        ClientTls client = ClientTls.open(new ClientTlsConfig(CertificateCheck.CHAIN_AND_HOST, Optional.empty(), false,
                Optional.of(material), List.of(), List.of()));
        try (TlsEchoServer server = server(authority.issue(Request.host("mail.example.com")))) {
            connect(client, server, "mail.example.com").close();
            assertRefused(client, server, "other.example.com", Reason.CERTIFICATE, "other.example.com");
        }
        TlsConfigurationException fault = catchThrowableOfType(TlsConfigurationException.class, () -> ClientTls.open(
                new ClientTlsConfig(CertificateCheck.NONE, Optional.empty(), false, Optional.of(material), List.of(),
                        List.of())));
        assertThat(fault.property()).isEqualTo("sslContext");
        assertThat(fault.value()).isEqualTo("mail");
    }

    private static X509Certificate certificateShown(ClientTls client, TlsEchoServer server) throws Exception {
        try (TlsConnection socket = connect(client, server, "mail.example.com")) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
            return socket.certificate();
        }
    }

    private TlsEchoServer server(TestPki.Issued issued) throws Exception {
        return new TlsEchoServer(ServerTls.open(Providers.with(
                TlsProvider.JDK, ServerTlsConfig.of(issued.pemFiles(directory, "server")))));
    }

    private ClientTls client(CertificateCheck check, Authority trusted) throws Exception {
        return client(check, trusted.trust(directory.resolve("ca.crt")));
    }

    private ClientTls open(ClientTlsConfig config) throws Exception {
        return ClientTls.open(Providers.with(provider, config));
    }

    private static void awaitAfter(long made) throws InterruptedException {
        while (System.currentTimeMillis() <= made + 5) {
            Thread.sleep(1);
        }
    }

    /** Accepts a connection, says this, and keeps it open until the client leaves. */
    private static void answer(ServerSocket listener, String words) {
        Thread thread = new Thread(() -> {
            try (Socket accepted = listener.accept()) {
                accepted.getOutputStream().write(words.getBytes());
                accepted.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The test is over.
            }
        }, "silent-server");
        thread.setDaemon(true);
        thread.start();
    }

    private ClientTls client(CertificateCheck check, TrustMaterial trust) throws Exception {
        return open(
                new ClientTlsConfig(check, Optional.of(trust), false, Optional.empty(), List.of(), List.of()));
    }

    private static TlsConnection connect(ClientTls client, TlsEchoServer server, String host) throws IOException {
        return TlsConnection.open(client, host, server.port());
    }

    private static void assertRefused(
            ClientTls client, TlsEchoServer server, String host, Reason reason, String message) {
        TlsHandshakeException failure =
                catchThrowableOfType(TlsHandshakeException.class, () -> connect(client, server, host));
        assertThat(failure).isNotNull().hasMessageContaining(message);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    private void assertFailure(ServerSocket listener, Reason reason, String message) throws Exception {
        ClientTls client = open(ClientTlsConfig.of(CertificateCheck.NONE));
        TlsHandshakeException failure = catchThrowableOfType(TlsHandshakeException.class, () -> TlsConnection.open(
                client, "mail.example.com", listener.getLocalPort(), Duration.ofMillis(300)));
        assertThat(failure).isNotNull().hasMessageContaining(message);
        assertThat(failure.reason()).isEqualTo(reason);
    }
}
