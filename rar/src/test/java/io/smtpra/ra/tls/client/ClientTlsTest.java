package io.smtpra.ra.tls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.client.TlsHandshakeException.Reason;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki;
import io.smtpra.ra.tls.material.TestPki.Authority;
import io.smtpra.ra.tls.material.TestPki.Request;
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
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTlsTest {

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
                try (SSLSocket socket = connect(client, server, host)) {
                    assertThat(client.facts(socket).peerVerified()).isEqualTo(check != CertificateCheck.NONE);
                    assertThat(client.facts(socket).peerCertificates()).hasSize(2);
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
            assertRefused(ClientTls.open(ClientTlsConfig.of(CertificateCheck.CHAIN)), server, "mail.example.com",
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
                SSLSocket socket = connect(client, server, "mail.example.com")) {
            assertThat(client.facts(socket).peerVerified()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void resumesSessions(String protocol) throws Exception {
        ClientTls client = ClientTls.open(new ClientTlsConfig(CertificateCheck.NONE, Optional.empty(), false,
                Optional.empty(), List.of(protocol), List.of()));
        try (TlsEchoServer server = server(authority.issue(Request.host("mail.example.com")))) {
            Object first = certificateShown(client, server);
            // A certificate that is the same object has not come over the wire again.
            assertThat(certificateShown(client, server)).isSameAs(first);
        }
    }

    @Test
    void aPeerThatDoesNotSpeakTls() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            accepted.getOutputStream().write("220 mail.example.com ESMTP\r\n".getBytes());
            assertFailure(ClientTls.open(ClientTlsConfig.of(CertificateCheck.NONE)), socket, Reason.PROTOCOL,
                    "TLS handshake with mail.example.com:25 failed");
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void aPeerThatIsSilent() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            socket.setSoTimeout(100);
            assertFailure(ClientTls.open(ClientTlsConfig.of(CertificateCheck.NONE)), socket, Reason.TIMEOUT,
                    "TLS handshake with mail.example.com:25 not finished in time");
            assertThat(accepted.isConnected()).isTrue();
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

    private static Object certificateShown(ClientTls client, TlsEchoServer server) throws Exception {
        try (SSLSocket socket = connect(client, server, "mail.example.com")) {
            socket.getOutputStream().write("hello".getBytes());
            assertThat(new String(socket.getInputStream().readNBytes(5))).isEqualTo("hello");
            return client.facts(socket).peerCertificates().get(0);
        }
    }

    private TlsEchoServer server(TestPki.Issued issued) throws Exception {
        return new TlsEchoServer(ServerTls.open(ServerTlsConfig.of(issued.pemFiles(directory, "server"))));
    }

    private ClientTls client(CertificateCheck check, Authority trusted) throws Exception {
        return client(check, trusted.trust(directory.resolve("ca.crt")));
    }

    private static ClientTls client(CertificateCheck check, TrustMaterial trust) throws Exception {
        return ClientTls.open(
                new ClientTlsConfig(check, Optional.of(trust), false, Optional.empty(), List.of(), List.of()));
    }

    private static SSLSocket connect(ClientTls client, TlsEchoServer server, String host) throws IOException {
        return client.layer(new Socket(InetAddress.getLoopbackAddress(), server.port()), host, server.port());
    }

    private static void assertRefused(
            ClientTls client, TlsEchoServer server, String host, Reason reason, String message) {
        TlsHandshakeException failure =
                catchThrowableOfType(TlsHandshakeException.class, () -> connect(client, server, host));
        assertThat(failure).isNotNull().hasMessageContaining(message);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    private static void assertFailure(ClientTls client, Socket socket, Reason reason, String message) {
        TlsHandshakeException failure = catchThrowableOfType(TlsHandshakeException.class,
                () -> client.layer(socket, "mail.example.com", 25));
        assertThat(failure).isNotNull().hasMessageContaining(message);
        assertThat(failure.reason()).isEqualTo(reason);
    }
}
