package io.smtpra.ra.tls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.smtpra.TlsFacts;
import io.smtpra.ra.client.net.TlsConnection;
import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.SessionFacts;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.client.TlsHandshakeException;
import io.smtpra.ra.tls.material.Identity;
import io.smtpra.ra.tls.material.IdentityKeyManager;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.material.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("io.smtpra.ra.tls.Providers#here")
class ServerTlsTest {

    @Parameter
    TlsProvider provider;

    @TempDir
    Path directory;

    @Test
    void servesWithACertificateMadeAtStart() throws Exception {
        ServerTls tls = open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("mail.example.com")));
        try (TlsEchoServer server = new TlsEchoServer(tls); TlsConnection socket =
                connect(server, CertificateCheck.NONE)) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
            TlsFacts facts = server.nextFacts();
            assertThat(facts).isEqualTo(new TlsFacts("TLSv1.3", facts.cipherSuite(), List.of(), false));
            assertThat(facts.cipherSuite()).startsWith("TLS_AES_");
            var shown = socket.certificate();
            assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=mail.example.com");
            assertThat(shown.getSubjectAlternativeNames()).containsExactly(List.of(2, "mail.example.com"));
            assertThat(shown.getPublicKey().getAlgorithm()).isEqualTo("EC");
            assertThat(tls.selfSignedFingerprint()).contains(SessionFacts.fingerprint(shown));
            assertThat(tls.expires()).contains(shown.getNotAfter().toInstant());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "under_score.example.com", "name, O=with \"signs\"", "",
        "a-label-of-sixty-three-octets-is-as-long-as-a-label-may-be-allowed.example.com"})
    void makesACertificateForAnyName(String hostName) throws Exception {
        ServerTls tls = open(ServerTlsConfig.of(new KeyMaterial.SelfSigned(hostName)));
        try (TlsEchoServer server = new TlsEchoServer(tls); TlsConnection socket =
                connect(server, CertificateCheck.NONE)) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
            var shown = socket.certificate();
            assertThat(shown.getSubjectAlternativeNames()).hasSize(1);
        }
    }

    @Test
    void servesWithPemFiles() throws Exception {
        TestPki.Authority authority = TestPki.authority("Test CA");
        var issued = authority.issue(Request.host("mail.example.com"));
        ServerTls tls = open(ServerTlsConfig.of(issued.pemFiles(directory, "mail")));
        assertThat(tls.selfSignedFingerprint()).isEmpty();
        assertVerified(tls, authority);
    }

    @Test
    void servesWithAKeyStore() throws Exception {
        TestPki.Authority authority = TestPki.authority("Test CA");
        KeyStore store = TestPki.emptyStore("PKCS12");
        authority.issue(Request.host("mail.example.com")).putInto(store, "mail", "changeit");
        Path file = directory.resolve("keys.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        assertVerified(open(ServerTlsConfig.of(
                new KeyMaterial.KeyStoreFile(file, "PKCS12", Optional.of("changeit"), Optional.empty()))), authority);
    }

    private void assertVerified(ServerTls tls, TestPki.Authority authority) throws Exception {
        ClientTls client = client(new ClientTlsConfig(CertificateCheck.CHAIN_AND_HOST,
                Optional.of(authority.trust(directory.resolve("ca.crt"))), false, Optional.empty(), List.of(),
                List.of()));
        try (TlsEchoServer server = new TlsEchoServer(tls);
                TlsConnection socket = TlsConnection.open(client, "mail.example.com", server.port())) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
            assertThat(socket.facts().peerVerified()).isTrue();
            assertThat(socket.facts().peerCertificates()).hasSize(2);
            assertThatThrownBy(() -> TlsConnection.open(client, "other.example.com", server.port()))
                    .isInstanceOf(TlsHandshakeException.class).hasMessageContaining("No subject alternative DNS name");
        }
    }

    @Test
    void speaksNothingOlderThanTls12() throws Exception {
        ServerTls tls = open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("mail.example.com")));
        SSLEngine engine = tls.newHandler(UnpooledByteBufAllocator.DEFAULT, Runnable::run).engine();
        // BoringSSL names the form of hello that it once understood, and does not any more
        assertThat(engine.getEnabledProtocols()).contains("TLSv1.3", "TLSv1.2")
                .isSubsetOf("TLSv1.3", "TLSv1.2", "SSLv2Hello");
        assertThat(engine.getEnabledCipherSuites()).allMatch(suite ->
                suite.matches("TLS_(AES|CHACHA20)_.*|TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_..._(GCM|CBC)|CHACHA20)_.*"));
        assertThat(engine.getSSLParameters().getUseCipherSuitesOrder()).isTrue();
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            OpenSslClient client = OpenSslClient.run(server.port(), "-tls1_1", "-cipher", "ALL@SECLEVEL=0");
            assertThat(client.echoed()).isFalse();
            assertThat(server.nextFailure().getMessage()).containsAnyOf("TLSv1.1", "UNSUPPORTED_PROTOCOL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void resumesSessions(String version) throws Exception {
        ServerTls tls = open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("mail.example.com")));
        String session = directory.resolve("session").toString();
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            assertThat(OpenSslClient.run(server.port(), version, "-sess_out", session).output())
                    .contains("New, TLS").doesNotContain("Reused, TLS");
            assertThat(OpenSslClient.run(server.port(), version, "-sess_in", session).output())
                    .contains("Reused, TLS");
        }
    }

    @Test
    void refusesRenegotiation() throws Exception {
        ServerTls tls = open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("mail.example.com")));
        SSLContext client = SSLContext.getInstance("TLSv1.2");
        client.init(null, new TrustManager[] {new Gullible()}, null);
        try (TlsEchoServer server = new TlsEchoServer(tls);
                SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(
                        InetAddress.getLoopbackAddress(), server.port())) {
            assertThat(echo(socket)).isEqualTo("hello");
            assertThat(server.nextFacts().protocol()).isEqualTo("TLSv1.2");
            assertThatThrownBy(() -> {
                socket.startHandshake();
                echo(socket);
            }).isInstanceOf(IOException.class);
            assertThat(server.nextFailure()).hasMessageContaining("renegotiation of TLS, which is refused");
        }
    }

    @Test
    void endsAHandshakeThatTakesTooLong() throws Exception {
        ServerTls tls = open(new ServerTlsConfig(List.of(new KeyMaterial.SelfSigned("mail.example.com")),
                ClientCertificates.NONE, Optional.empty(), false, List.of(), List.of(), Duration.ofMillis(200),
                provider));
        try (TlsEchoServer server = new TlsEchoServer(tls); Socket silent = socket(server)) {
            silent.setSoTimeout(10_000);
            assertThat(server.nextFailure()).isInstanceOf(SslHandshakeTimeoutException.class);
            assertThat(silent.getInputStream().readAllBytes().length).isLessThan(100);
        }
    }

    @Test
    void usesAContextOfTheServer() throws Exception {
        var issued = TestPki.selfSigned(Request.host("managed.example.com"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new IdentityKeyManager(List.of(new Identity(issued.key(), issued.chain())))},
                null, null);
        ServerTls tls = open(ServerTlsConfig.of(new KeyMaterial.ServerContext("mail", () -> context)));
        assertThat(tls.expires()).isEmpty();
        try (TlsEchoServer server = new TlsEchoServer(tls); TlsConnection socket =
                connect(server, CertificateCheck.NONE)) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
            assertThat(socket.facts().peerCertificates()).containsExactly(issued.certificate());
            assertThat(server.nextFacts().peerVerified()).isFalse();
        }
    }

    private ServerTls open(ServerTlsConfig config) throws Exception {
        return ServerTls.open(config.isServerContext() ? config : Providers.with(provider, config));
    }

    private ClientTls client(ClientTlsConfig config) throws Exception {
        return ClientTls.open(Providers.with(provider, config));
    }

    private TlsConnection connect(TlsEchoServer server, CertificateCheck check) throws Exception {
        return TlsConnection.open(client(ClientTlsConfig.of(check)), "mail.example.com", server.port());
    }

    private static Socket socket(TlsEchoServer server) throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String echo(SSLSocket socket) throws Exception {
        socket.getOutputStream().write("hello".getBytes());
        return new String(socket.getInputStream().readNBytes(5));
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
