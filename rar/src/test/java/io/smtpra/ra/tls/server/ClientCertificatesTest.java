package io.smtpra.ra.tls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.TlsFacts;
import io.smtpra.ra.client.net.TlsConnection;
import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki.Authority;
import io.smtpra.ra.tls.material.TestPki.Issued;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.material.TestPki;
import io.smtpra.ra.tls.material.TrustMaterial;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that show a certificate that is trusted, one that is not, or none. */
@ParameterizedClass
@MethodSource("io.smtpra.ra.tls.Providers#here")
class ClientCertificatesTest {

    @Parameter
    TlsProvider provider;

    private enum Shown { TRUSTED, UNTRUSTED, NONE }

    @TempDir
    Path directory;

    private Authority authority;
    private Issued trusted;
    private Issued untrusted;

    @BeforeEach
    void issue() throws Exception {
        authority = TestPki.authority("Test CA");
        trusted = authority.issue(Request.subject("CN=alice, O=Example"));
        untrusted = TestPki.authority("Somebody").issue(Request.subject("CN=mallory"));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE   , TRUSTED  , false, false",
        "NONE   , NONE     , false, false",
        "REQUEST, TRUSTED  , true , true",
        "REQUEST, UNTRUSTED, true , false",
        "REQUEST, NONE     , false, false",
        "REQUIRE, TRUSTED  , true , true",
    })
    void accepted(ClientCertificates wanted, Shown shown, boolean seen, boolean verified) throws Exception {
        for (String protocol : TlsParameters.PROTOCOLS) {
            ClientTls client = client(shown, protocol);
            try (TlsEchoServer server = new TlsEchoServer(server(wanted))) {
                assertFacts(connectedFacts(client, server), shown, seen, verified);
                assertFacts(connectedFacts(client, server), shown, seen, verified);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNTRUSTED", "NONE"})
    void refused(Shown shown) throws Exception {
        for (String protocol : TlsParameters.PROTOCOLS) {
            try (TlsEchoServer server = new TlsEchoServer(server(ClientCertificates.REQUIRE))) {
                try (TlsConnection socket = connect(client(shown, protocol), server)) {
                    socket.echo("hello");
                    throw new AssertionError("served with " + shown);
                } catch (IOException e) {
                    StringWriter trace = new StringWriter();
                    server.nextFailure().printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).containsAnyOf("PKIX path building failed",
                            "Empty client certificate chain", "PEER_DID_NOT_RETURN_A_CERTIFICATE");
                }
            }
        }
    }

    @Test
    void theVerdictOutlastsATicket() throws Exception {
        for (Issued issued : List.of(trusted, untrusted)) {
            String session = directory.resolve("session").toString();
            String[] options = {"-tls1_3",
                "-cert", issued.chainFile(directory.resolve("client.crt")).toString(), "-key",
                issued.keyFile(directory.resolve("client.key")).toString()};
            try (TlsEchoServer server = new TlsEchoServer(server(ClientCertificates.REQUEST))) {
                OpenSslClient.run(server.port(), with(options, "-sess_out", session));
                TlsFacts first = server.nextFacts();
                assertThat(first.peerVerified()).isEqualTo(issued == trusted);
                assertThat(OpenSslClient.run(server.port(), with(options, "-sess_in", session)).output())
                        .contains("Reused, TLS");
                TlsFacts resumed = server.nextFacts();
                assertThat(resumed.peerVerified()).isEqualTo(issued == trusted);
                assertThat(resumed.peerCertificates().get(0)).isEqualTo(issued.certificate());
            }
        }
    }

    @Test
    void clientsAreToldWhoseCertificatesAreTrusted() throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(ClientCertificates.REQUEST))) {
            assertThat(OpenSslClient.run(server.port()).output())
                    .contains("Acceptable client certificate CA names\nCN = Test CA");
        }
        try (TlsEchoServer server = new TlsEchoServer(server(ClientCertificates.REQUEST, Optional.empty()))) {
            assertThat(OpenSslClient.run(server.port()).output()).contains("No client certificate CA names sent");
        }
    }

    @Test
    void portsMayAskInDifferentWaysWithTheSameCertificate() throws Exception {
        ServerTls open = server(ClientCertificates.NONE);
        ServerTls strict = open.asking(ClientCertificates.REQUIRE);
        assertThat(strict.certificates()).isEqualTo(open.certificates());
        try (TlsEchoServer anybody = new TlsEchoServer(open); TlsEchoServer known = new TlsEchoServer(strict)) {
            assertThat(connectedFacts(client(Shown.TRUSTED, "TLSv1.3"), anybody).peerCertificates()).isEmpty();
            assertThat(connectedFacts(client(Shown.TRUSTED, "TLSv1.3"), known).peerVerified()).isTrue();
            assertThatThrownBy(() -> connectedFacts(client(Shown.NONE, "TLSv1.3"), known))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void trustIsReadAgainWhenItChanges() throws Exception {
        ServerTls tls = server(ClientCertificates.REQUEST);
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            assertThat(connectedFacts(client(Shown.UNTRUSTED, "TLSv1.3"), server).peerVerified()).isFalse();
            Files.writeString(directory.resolve("ca.crt"), TestPki.pem(untrusted.chain().get(1)));
            assertThat(tls.reloadIfChanged()).isTrue();
            assertThat(connectedFacts(client(Shown.UNTRUSTED, "TLSv1.3"), server).peerVerified()).isTrue();
            assertThat(connectedFacts(client(Shown.TRUSTED, "TLSv1.3"), server).peerVerified()).isFalse();
        }
    }

    private ServerTls server(ClientCertificates wanted) throws Exception {
        return server(wanted, Optional.of(authority.trust(directory.resolve("ca.crt"))));
    }

    private ServerTls server(ClientCertificates wanted, Optional<TrustMaterial> trust) throws Exception {
        return ServerTls.open(new ServerTlsConfig(List.of(new KeyMaterial.SelfSigned("mail.example.com")), wanted,
                trust, false, List.of(), List.of(), Duration.ofSeconds(9), provider));
    }

    private ClientTls client(Shown shown, String protocol) throws Exception {
        Optional<KeyMaterial> key = switch (shown) {
            case TRUSTED -> Optional.of(trusted.pemFiles(directory, "trusted"));
            case UNTRUSTED -> Optional.of(withIssuerOf(trusted, untrusted).pemFiles(directory, "untrusted"));
            case NONE -> Optional.empty();
        };
        return ClientTls.open(new ClientTlsConfig(
                CertificateCheck.NONE, Optional.empty(), false, key, List.of(protocol), List.of(), provider));
    }

    /** Adds a certificate that leads clients to believe that the server trusts the chain: they show it only then. */
    private static Issued withIssuerOf(Issued trusted, Issued untrusted) {
        return new Issued(untrusted.key(), List.of(untrusted.certificate(), trusted.chain().get(1)));
    }

    private static TlsFacts connectedFacts(ClientTls client, TlsEchoServer server) throws Exception {
        try (TlsConnection socket = connect(client, server)) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
            return server.nextFacts();
        }
    }

    private void assertFacts(TlsFacts facts, Shown shown, boolean seen, boolean verified) {
        assertThat(facts.peerVerified()).isEqualTo(verified);
        if (seen) {
            assertThat(facts.peerCertificates().get(0))
                    .isEqualTo((shown == Shown.TRUSTED ? trusted : untrusted).certificate());
        } else {
            assertThat(facts.peerCertificates()).isEmpty();
        }
    }

    private static TlsConnection connect(ClientTls client, TlsEchoServer server) throws Exception {
        return TlsConnection.open(client, "mail.example.com", server.port());
    }

    private static String[] with(String[] options, String... more) {
        return Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
