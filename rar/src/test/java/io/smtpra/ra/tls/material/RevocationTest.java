package io.smtpra.ra.tls.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.smtpra.ra.client.net.TlsConnection;
import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.material.TestPki.Authority;
import io.smtpra.ra.tls.material.TestPki.Issued;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.server.ClientCertificates;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import io.smtpra.ra.tls.server.TlsEchoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wildfly.security.asn1.ASN1Encoder;
import org.wildfly.security.x500.cert.X509CertificateExtension;

/** Certificates that their issuer has taken back, by a revocation list that the certificate names. */
class RevocationTest {

    private static final String CONFIGURATION = """
            [ca]
            default_ca = test
            [test]
            database = index.txt
            default_md = sha256
            default_crl_days = 1
            certificate = ca.crt
            private_key = ca.key
            """;

    @TempDir
    Path directory;

    private HttpServer server;
    private Authority authority;

    @BeforeEach
    void publish() throws Exception {
        authority = TestPki.authority("Test CA");
        authority.root().keyFile(directory.resolve("ca.key"));
        authority.file(directory.resolve("ca.crt"));
        Files.writeString(directory.resolve("ca.cnf"), CONFIGURATION);
        Files.createFile(directory.resolve("index.txt"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/list.crl", exchange -> {
            byte[] list = Files.readAllBytes(directory.resolve("list.crl"));
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatIsRevokedIsRefused() throws Exception {
        Issued good = issue("CN=alice", "/list.crl");
        Issued bad = issue("CN=mallory", "/list.crl");
        bad.chainFile(directory.resolve("bad.crt"));
        openssl("-revoke", "bad.crt");
        openssl("-gencrl", "-out", "list.crl");
        assertThat(check(good, true)).isNull();
        assertThat(check(bad, true)).hasStackTraceContaining("Certificate has been revoked");
        assertThat(check(bad, false)).isNull();
    }

    @Test
    void whatCanNotBeLookedUpIsRefused() throws Exception {
        assertThat(check(issue("CN=alice", "/absent.crl"), true))
                .hasStackTraceContaining("Unable to determine revocation status");
    }

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void noOneElseWaitsForALookUp(TlsProvider provider) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        server.createContext("/slow.crl", exchange -> {
            asked.countDown();
            await(answer);
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        KeyMaterial key = issue("CN=alice", "/slow.crl").pemFiles(directory, "alice");
        ServerTls tls = ServerTls.open(new ServerTlsConfig(List.of(new KeyMaterial.SelfSigned("mail.example.com")),
                ClientCertificates.REQUEST, Optional.of(authority.trust(directory.resolve("ca.crt"))), true, List.of(),
                List.of(), Duration.ofSeconds(20), provider));
        try (tls; TlsEchoServer listener = new TlsEchoServer(tls);
                TlsConnection waiting = connect(listener, Optional.of(key))) {
            await(asked);
            try (TlsConnection other = connect(listener, Optional.empty())) {
                assertThat(listener.nextFacts().peerCertificates()).isEmpty();
            }
            answer.countDown();
            assertThat(listener.nextFacts().peerVerified()).isFalse();
        } finally {
            answer.countDown();
        }
    }

    private static TlsConnection connect(TlsEchoServer listener, Optional<KeyMaterial> key) throws Exception {
        return TlsConnection.open(ClientTls.open(new ClientTlsConfig(
                CertificateCheck.NONE, Optional.empty(), false, key, List.of("TLSv1.3"), List.of())),
                "mail.example.com", listener.port());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void serversAreLookedUpToo() throws Exception {
        Issued issued = issue("CN=mail.example.com", "/absent.crl");
        X509Certificate[] chain = issued.chain().toArray(X509Certificate[]::new);
        var trust = TrustLoader.load(authority.trust(directory.resolve("ca.crt")), true);
        assertThatThrownBy(() -> trust.checkServerTrusted(chain, "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
    }

    private Exception check(Issued issued, boolean revocationCheck) throws Exception {
        var trust = TrustLoader.load(authority.trust(directory.resolve("ca.crt")), revocationCheck);
        try {
            trust.checkClientTrusted(issued.chain().toArray(X509Certificate[]::new), "EC");
            return null;
        } catch (CertificateException e) {
            return e;
        }
    }

    private Issued issue(String subject, String path) throws Exception {
        String list = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        return authority.issue(Request.subject(subject).with(new RevocationListAt(list)));
    }

    private void openssl(String... arguments) throws Exception {
        TestPki.run(directory, Stream.concat(Stream.of("openssl", "ca", "-batch", "-config", "ca.cnf"),
                Stream.of(arguments)).toArray(String[]::new));
    }

    /** RFC 5280, section 4.2.1.13: one distribution point, by its full name. */
    private static final class RevocationListAt extends X509CertificateExtension {

        private static final int URI = 6;

        private final String location;

        RevocationListAt(String location) {
            super(false);
            this.location = location;
        }

        @Override
        public String getId() {
            return "2.5.29.31";
        }

        @Override
        public void encodeTo(ASN1Encoder target) {
            target.startSequence();
            target.startSequence();
            target.startExplicit(0);
            target.startExplicit(0);
            target.encodeImplicit(URI);
            target.encodeIA5String(location);
            target.endExplicit();
            target.endExplicit();
            target.endSequence();
            target.endSequence();
        }
    }
}
