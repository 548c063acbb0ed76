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
import io.smtpra.ra.tls.material.TestPki.Issued;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.material.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wildfly.security.x500.cert.ExtendedKeyUsageExtension;

/** What a client's certificate was issued for, and what is made of it. */
class CertificatePurposeTest {

    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final String MAIL = "1.3.6.1.5.5.7.3.4";
    private static final String WHY =
            "it was issued for a server and not for a client, and clientCertificatePurpose is client";

    @TempDir
    private Path directory;
    private TestPki.Authority authority;

    @BeforeEach
    void found() throws Exception {
        authority = TestPki.authority("Test CA");
    }

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void aServersCertificateIsTakenWhereAnyPurposeWillDo(TlsProvider provider) throws Exception {
        Issued mta = authority.issue(Request.host("mta.example.net").with(purpose(SERVER)));
        for (ClientCertificates wanted : List.of(ClientCertificates.REQUEST, ClientCertificates.REQUIRE)) {
            for (String protocol : TlsParameters.PROTOCOLS) {
                Outcome outcome = outcome(provider, wanted, CertificatePurpose.ANY, mta, protocol);
                assertThat(outcome.facts().peerVerified()).as("%s %s", wanted, protocol).isTrue();
                assertThat(outcome.refusal()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void elseItIsNotAndTheReasonIsKnown(TlsProvider provider) throws Exception {
        Issued mta = authority.issue(Request.host("mta.example.net").with(purpose(SERVER)));
        Outcome outcome =
                outcome(provider, ClientCertificates.REQUEST, CertificatePurpose.CLIENT, mta, "TLSv1.3");
        assertThat(outcome.facts().peerCertificates()).isNotEmpty();
        assertThat(outcome.facts().peerVerified()).isFalse();
        assertThat(outcome.refusal()).contains(WHY);
    }

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void whereOneIsRequiredTheHandshakeFailsWithTheReason(TlsProvider provider) throws Exception {
        Issued mta = authority.issue(Request.host("mta.example.net").with(purpose(SERVER)));
        try (TlsEchoServer server =
                new TlsEchoServer(server(provider, ClientCertificates.REQUIRE, CertificatePurpose.CLIENT))) {
            assertThatThrownBy(() -> connect(mta, "TLSv1.2", server).close()).isInstanceOf(IOException.class);
            assertThat(rootMessages(server.nextFailure())).anyMatch(message -> message.contains(WHY));
        }
    }

    private static List<String> rootMessages(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage())).toList();
    }

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void otherPurposesAreNotTakenForAServers(TlsProvider provider) throws Exception {
        Issued person = authority.issue(Request.subject("CN=alice").with(purpose(MAIL)));
        Outcome outcome = outcome(provider, ClientCertificates.REQUEST, CertificatePurpose.ANY, person, "TLSv1.3");
        assertThat(outcome.facts().peerVerified()).isFalse();
        assertThat(outcome.refusal()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void aPurposeIsNoTrust(TlsProvider provider) throws Exception {
        Issued stranger = TestPki.authority("Test CA").issue(Request.host("mta.example.net").with(purpose(SERVER)));
        for (CertificatePurpose purpose : CertificatePurpose.values()) {
            Outcome outcome = outcome(provider, ClientCertificates.REQUEST, purpose, stranger, "TLSv1.3");
            assertThat(outcome.facts().peerVerified()).isFalse();
            assertThat(outcome.refusal().orElseThrow()).contains("PKIX path");
        }
    }

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void aClientsCertificateIsTakenByBoth(TlsProvider provider) throws Exception {
        for (CertificatePurpose purpose : CertificatePurpose.values()) {
            for (Request request : List.of(Request.subject("CN=a").with(purpose(CLIENT)), Request.subject("CN=a"),
                    Request.subject("CN=a").with(purpose(SERVER, CLIENT)))) {
                assertThat(outcome(provider, ClientCertificates.REQUEST, purpose, authority.issue(request), "TLSv1.3")
                        .facts().peerVerified()).isTrue();
            }
        }
    }

    private record Outcome(TlsFacts facts, Optional<String> refusal) {}

    private Outcome outcome(TlsProvider provider, ClientCertificates wanted, CertificatePurpose purpose, Issued shown,
            String protocol) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider, wanted, purpose));
                TlsConnection socket = connect(shown, protocol, server)) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
            return new Outcome(server.nextFacts(), server.lastRefusal());
        }
    }

    private ServerTls server(TlsProvider provider, ClientCertificates wanted, CertificatePurpose purpose)
            throws Exception {
        return ServerTls.open(new ServerTlsConfig(List.of(new KeyMaterial.SelfSigned("mail.example.com")), wanted,
                purpose, Optional.of(authority.trust(directory.resolve("ca.crt"))), false, List.of(), List.of(),
                Duration.ofSeconds(9), provider, SessionTickets.DEFAULT));
    }

    private TlsConnection connect(Issued shown, String protocol, TlsEchoServer server) throws Exception {
        ClientTls client = ClientTls.open(new ClientTlsConfig(CertificateCheck.NONE, Optional.empty(), false,
                Optional.of(shown.pemFiles(directory, "client")), List.of(protocol), List.of()));
        return TlsConnection.open(client, "mail.example.com", server.port());
    }

    private static ExtendedKeyUsageExtension purpose(String... oids) {
        return new ExtendedKeyUsageExtension(false, List.of(oids));
    }
}
