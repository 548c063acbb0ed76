package io.smtpra.ra.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.TlsFacts;
import io.smtpra.ra.tls.TestPki.Request;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {

    @TempDir
    Path directory;

    @Test
    void servesWithACertificateMadeAtStart() throws Exception {
        ServerTls tls = ServerTls.open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("mail.example.com")));
        try (TlsEchoServer server = new TlsEchoServer(tls); SSLSocket socket = connect(server, CertificateCheck.NONE)) {
            assertThat(echo(socket)).isEqualTo("hello");
            TlsFacts facts = server.nextFacts();
            assertThat(facts).isEqualTo(new TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(), false));
            var shown = (java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=mail.example.com");
            assertThat(shown.getSubjectAlternativeNames()).containsExactly(List.of(2, "mail.example.com"));
            assertThat(shown.getPublicKey().getAlgorithm()).isEqualTo("EC");
            assertThat(tls.selfSignedFingerprint()).contains(SessionFacts.fingerprint(shown));
            assertThat(tls.expires()).contains(shown.getNotAfter().toInstant());
        }
    }

    @Test
    void servesWithPemFiles() throws Exception {
        TestPki.Authority authority = TestPki.authority("Test CA");
        var issued = authority.issue(Request.host("mail.example.com"));
        ServerTls tls = ServerTls.open(ServerTlsConfig.of(issued.pemFiles(directory, "mail")));
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
        assertVerified(ServerTls.open(ServerTlsConfig.of(
                new KeyMaterial.KeyStoreFile(file, "PKCS12", Optional.of("changeit"), Optional.empty()))), authority);
    }

    private void assertVerified(ServerTls tls, TestPki.Authority authority) throws Exception {
        ClientTls client = ClientTls.open(new ClientTlsConfig(CertificateCheck.CHAIN_AND_HOST,
                Optional.of(authority.trust(directory.resolve("ca.crt"))), false, Optional.empty(), List.of(), List.of(),
                java.time.Duration.ofSeconds(10)));
        try (TlsEchoServer server = new TlsEchoServer(tls);
                SSLSocket socket = client.layer(socket(server), "mail.example.com", server.port())) {
            assertThat(echo(socket)).isEqualTo("hello");
            assertThat(client.facts(socket).peerVerified()).isTrue();
            assertThat(client.facts(socket).peerCertificates()).hasSize(2);
            assertThatThrownBy(() -> client.layer(socket(server), "other.example.com", server.port()))
                    .isInstanceOf(TlsHandshakeException.class).hasMessageContaining("No subject alternative DNS name");
        }
    }

    private static SSLSocket connect(TlsEchoServer server, CertificateCheck check) throws Exception {
        return ClientTls.open(ClientTlsConfig.of(check)).layer(socket(server), "mail.example.com", server.port());
    }

    private static Socket socket(TlsEchoServer server) throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String echo(SSLSocket socket) throws Exception {
        socket.getOutputStream().write("hello".getBytes());
        return new String(socket.getInputStream().readNBytes(5));
    }
}
