package io.smtpra.ra.tls.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.client.net.TlsConnection;
import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.material.TestPki;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which of several certificates a client gets: by the name that it asks for, and by the keys that it can use, which
 * OpenSSL does not look at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateChoiceTest {

    private static final String RSA_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final String EC_SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

    private final Map<TlsProvider, TlsEchoServer> servers = new EnumMap<>(TlsProvider.class);

    @BeforeAll
    void serve(@TempDir Path directory) throws Exception {
        List<KeyMaterial> material = List.of(
                TestPki.selfSigned(Request.host("a.example.com", "www.a.example.com").rsa())
                        .pemFiles(directory, "a-rsa"),
                TestPki.selfSigned(Request.host("a.example.com", "www.a.example.com")).pemFiles(directory, "a-ec"),
                TestPki.selfSigned(Request.host("*.b.example.com")).pemFiles(directory, "b"),
                TestPki.selfSigned(Request.host("special.b.example.com")).pemFiles(directory, "special"),
                TestPki.selfSigned(Request.host("c.example.com").rsa()).pemFiles(directory, "c"));
        for (TlsProvider provider : Providers.here().toList()) {
            servers.put(provider, new TlsEchoServer(ServerTls.open(new ServerTlsConfig(material,
                    ClientCertificates.NONE, Optional.empty(), false, List.of(), List.of(), Duration.ofSeconds(9),
                    provider))));
        }
    }

    @AfterAll
    void stop() {
        servers.values().forEach(TlsEchoServer::close);
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.com        , TLSv1.3,          , CN=a.example.com        , EC",
        "A.Example.COM        , TLSv1.3,          , CN=a.example.com        , EC",
        "www.a.example.com    , TLSv1.2, " + RSA_SUITE + ", CN=a.example.com, RSA",
        "www.a.example.com    , TLSv1.2, " + EC_SUITE + " , CN=a.example.com, EC",
        "x.b.example.com      , TLSv1.3,          , CN=*.b.example.com      , EC",
        "x.y.b.example.com    , TLSv1.3,          , CN=a.example.com        , EC",
        "b.example.com        , TLSv1.3,          , CN=a.example.com        , EC",
        "special.b.example.com, TLSv1.3,          , CN=special.b.example.com, EC",
        "c.example.com        , TLSv1.3,          , CN=c.example.com        , RSA",
        "c.example.com        , TLSv1.2,          , CN=c.example.com        , RSA",
        "unknown.example.com  , TLSv1.2, " + RSA_SUITE + ", CN=a.example.com, RSA",
        "127.0.0.1            , TLSv1.3,          , CN=a.example.com        , EC",
    })
    void choice(String host, String protocol, String suite, String subject, String keyType) throws Exception {
        assertChoice(servers.get(TlsProvider.JDK), host, protocol, suite, subject, keyType);
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.com        , TLSv1.3,          , CN=a.example.com        , EC",
        "www.a.example.com    , TLSv1.2, " + RSA_SUITE + ", CN=a.example.com, RSA",
        "x.b.example.com      , TLSv1.3,          , CN=*.b.example.com      , EC",
        "special.b.example.com, TLSv1.2, " + EC_SUITE + " , CN=special.b.example.com, EC",
        "c.example.com        , TLSv1.3,          , CN=c.example.com        , RSA",
        "unknown.example.com  , TLSv1.2, " + RSA_SUITE + ", CN=a.example.com, RSA",
        "127.0.0.1            , TLSv1.3,          , CN=a.example.com        , EC",
    })
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void openSslChoice(String host, String protocol, String suite, String subject, String keyType) throws Exception {
        assertChoice(servers.get(TlsProvider.OPENSSL), host, protocol, suite, subject, keyType);
    }

    private static void assertChoice(TlsEchoServer server, String host, String protocol, String suite, String subject,
            String keyType) throws Exception {
        ClientTls client = ClientTls.open(new ClientTlsConfig(CertificateCheck.NONE, Optional.empty(), false,
                Optional.empty(), List.of(protocol), suite == null ? List.of() : List.of(suite)));
        try (TlsConnection socket = TlsConnection.open(client, host, server.port())) {
            X509Certificate shown = socket.certificate();
            assertThat(shown.getSubjectX500Principal().getName()).isEqualTo(subject);
            assertThat(shown.getPublicKey().getAlgorithm()).isEqualTo(keyType);
        }
    }

    /** Clients ask for what stands in their configuration, whether it can be a host's name or not. */
    @ParameterizedTest
    @ValueSource(strings = {"mail_server", "a.example.com.", "-x-", "a..b", "*.b.example.com"})
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void openSslTakesAnyNameAndGivesTheDefaultCertificate(String name) throws Exception {
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            OpenSslClient client = OpenSslClient.run(
                    servers.get(TlsProvider.OPENSSL).port(), "-servername", name, version);
            assertThat(client.echoed()).as(client.output()).isTrue();
            assertThat(client.output()).contains("subject=CN = a.example.com");
        }
    }

    /** As long as the JDK takes no such name, and has no way to be told otherwise, the documentation has to say so. */
    @Test
    void theJdkTakesNoNameThatIsNoHosts() throws Exception {
        OpenSslClient client = OpenSslClient.run(servers.get(TlsProvider.JDK).port(), "-servername", "mail_server");
        assertThat(client.echoed()).isFalse();
    }
}
