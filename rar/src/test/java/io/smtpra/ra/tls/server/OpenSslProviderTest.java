package io.smtpra.ra.tls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.client.net.TlsConnection;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.material.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The other implementation, where the build has its library. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class OpenSslProviderTest {

    @TempDir
    Path directory;

    private TestPki.Authority authority;
    private ServerTls tls;

    @BeforeEach
    void open() throws Exception {
        authority = TestPki.authority("Test CA");
        tls = ServerTls.open(new ServerTlsConfig(List.of(new KeyMaterial.SelfSigned("mail.example.com")),
                ClientCertificates.REQUEST, Optional.of(authority.trust(directory.resolve("ca.crt"))), false, List.of(),
                List.of(), Duration.ofSeconds(9), TlsProvider.OPENSSL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void clientsWithATrustedCertificateAreVerified(String protocol) throws Exception {
        var alice = authority.issue(Request.subject("CN=alice")).pemFiles(directory, "alice");
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            assertEchoes(client(protocol, alice), server);
            var facts = server.nextFacts();
            assertThat(facts.protocol()).isEqualTo(protocol);
            assertThat(facts.cipherSuite()).startsWith("TLS_");
            assertThat(facts.peerVerified()).isTrue();
            assertEchoes(client(protocol, Optional.empty()), server);
            assertThat(server.nextFacts().peerVerified()).isFalse();
        }
    }

    @Test
    void anUntrustedCertificateIsSeenAndNotVerified() throws Exception {
        var mallory = TestPki.authority("Test CA").issue(Request.subject("CN=mallory")).pemFiles(directory, "mallory");
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            assertEchoes(client("TLSv1.3", mallory), server);
            var facts = server.nextFacts();
            assertThat(facts.peerCertificates()).isNotEmpty();
            assertThat(facts.peerVerified()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void theVerdictOutlastsASession(String version) throws Exception {
        for (String issuer : List.of("Test CA", "Somebody")) {
            TestPki.Authority from = issuer.equals("Test CA") ? authority : TestPki.authority(issuer);
            var key = from.issue(Request.subject("CN=alice")).pemFiles(directory, "client");
            String session = directory.resolve("session").toString();
            List<String> options = List.of(version, "-cert", key.certificateFile().toString(), "-key",
                    key.privateKeyFile().toString());
            try (TlsEchoServer server = new TlsEchoServer(tls)) {
                OpenSslClient first = OpenSslClient.run(server.port(), with(options, "-sess_out", session));
                assertThat(first.echoed()).as(first.output()).isTrue();
                assertThat(server.nextFacts().peerVerified()).isEqualTo(from == authority);
                assertThat(OpenSslClient.run(server.port(), with(options, "-sess_in", session)).output())
                        .contains("Reused, TLS");
                var resumed = server.nextFacts();
                assertThat(resumed.peerCertificates()).isNotEmpty();
                assertThat(resumed.peerVerified()).isEqualTo(from == authority);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_256_GCM_SHA384;TLS_CHACHA20_POLY1305_SHA256;TLS_AES_128_GCM_SHA256, TLSv1.3, true",
        "TLSv1.3, TLS_AES_256_GCM_SHA384;TLS_CHACHA20_POLY1305_SHA256;TLS_AES_128_GCM_SHA256, TLSv1.2, false",
        "TLSv1.3;TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLSv1.2, true",
        "TLSv1.3;TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLSv1.3, false",
        "TLSv1.2, '', TLSv1.2, true", "TLSv1.2, '', TLSv1.3, false", "TLSv1.3, '', TLSv1.2, false"})
    void speaksTheVersionsAndSuitesThatAreConfigured(String versions, String suites, String clients, boolean served)
            throws Exception {
        ServerTls limited = ServerTls.open(new ServerTlsConfig(List.of(new KeyMaterial.SelfSigned("mail.example.com")),
                ClientCertificates.NONE, Optional.empty(), false, List.of(versions.split(";")),
                Stream.of(suites.split(";")).filter(suite -> !suite.isEmpty()).toList(), Duration.ofSeconds(9),
                TlsProvider.OPENSSL));
        try (limited; TlsEchoServer server = new TlsEchoServer(limited)) {
            if (served) {
                assertEchoes(client(clients, Optional.empty()), server);
                assertThat(suites).contains(suites.isEmpty() ? "" : server.nextFacts().cipherSuite());
            } else {
                assertThatThrownBy(() -> assertEchoes(client(clients, Optional.empty()), server))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void openConnectionsGoOnAfterReloadAndClose() throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(tls);
                TlsConnection socket = connect(client("TLSv1.3", Optional.empty()), server)) {
            tls.reload();
            assertEchoes(client("TLSv1.3", Optional.empty()), server);
            tls.close();
            assertEchoes(socket);
        }
    }

    private static String[] with(List<String> options, String... more) {
        return Stream.concat(options.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static ClientTls client(String protocol, Optional<KeyMaterial> key) throws Exception {
        return ClientTls.open(new ClientTlsConfig(
                CertificateCheck.NONE, Optional.empty(), false, key, List.of(protocol), List.of()));
    }

    private static ClientTls client(String protocol, KeyMaterial.PemFiles key) throws Exception {
        return client(protocol, Optional.of(key));
    }

    private static TlsConnection connect(ClientTls client, TlsEchoServer server) throws IOException {
        return TlsConnection.open(client, "mail.example.com", server.port());
    }

    private static void assertEchoes(ClientTls client, TlsEchoServer server) throws IOException {
        try (TlsConnection socket = connect(client, server)) {
            assertEchoes(socket);
        }
    }

    private static void assertEchoes(TlsConnection socket) throws IOException {
        assertThat(socket.echo("hello")).isEqualTo("hello");
    }
}
