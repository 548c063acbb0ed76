package io.smtpra.ra.tls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.material.TrustMaterial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may go on with a session, and for how long. */
@EnabledOnOs(OS.LINUX)
class SessionTicketsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final Time time = new Time();

    @ParameterizedTest
    @CsvSource({"-tls1_3, 0, true", "-tls1_3, 61, true", "-tls1_3, 119, true", "-tls1_3, 121, false",
        "-tls1_2, 61, true", "-tls1_2, 121, false"})
    void aTicketServesUntilItsKeyHasBeenChangedTwice(String version, int minutes, boolean resumed) throws Exception {
        ServerTls tls = ServerTls.open(config(ClientCertificates.NONE, false, List.of()), time);
        try (tls; TlsEchoServer server = new TlsEchoServer(tls)) {
            session(server, version);
            for (int past = 0; past < minutes; past++) {
                time.pass(Duration.ofMinutes(1));
                tls.reloadIfChanged();
            }
            // The age of the session BoringSSL sees by its own clock: here it is the key that is gone.
            assertThat(isResumed(server, version)).isEqualTo(resumed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void serversWithTheSameKeyFileTakeEachOthersSessions(String version) throws Exception {
        Path first = key("first.key", '1');
        Path second = key("second.key", '2');
        try (TlsEchoServer one = server(List.of(first)); TlsEchoServer other = server(List.of(second, first));
                TlsEchoServer stranger = server(List.of(second))) {
            session(one, version);
            assertThat(isResumed(other, version)).isTrue();
            session(one, version);
            assertThat(isResumed(stranger, version)).isFalse();
            session(other, version);
            assertThat(isResumed(stranger, version)).isTrue();
        }
    }

    @Test
    void aKeyFileThatChangesIsReadAgain() throws Exception {
        Path file = key("ticket.key", '1');
        ServerTls tls = ServerTls.open(config(ClientCertificates.NONE, false, List.of(file)));
        try (tls; TlsEchoServer server = new TlsEchoServer(tls)) {
            session(server, "-tls1_3");
            assertThat(tls.reloadIfChanged()).isFalse();
            assertThat(isResumed(server, "-tls1_3")).isTrue();
            Files.writeString(file, "too short");
            assertThat(tls.reloadIfChanged()).isFalse();
            assertThat(isResumed(server, "-tls1_3")).isTrue();
            key("ticket.key", '2');
            assertThat(tls.reloadIfChanged()).isTrue();
            assertThat(isResumed(server, "-tls1_3")).isFalse();
        }
    }

    /** Ports that ask their clients otherwise share the keys of tickets. */
    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void sessionsThatAreFlushedAreNotResumed(TlsProvider provider, String version) throws Exception {
        ServerTls first = ServerTls.open(Providers.with(provider, config(ClientCertificates.NONE, false, List.of())));
        ServerTls second = first.asking(ClientCertificates.REQUEST);
        try (first; second;
                TlsEchoServer server = new TlsEchoServer(first);
                TlsEchoServer other = new TlsEchoServer(second)) {
            for (TlsEchoServer port : List.of(server, other)) {
                session(port, version);
                assertThat(isResumed(port, version)).isTrue();
                ServerTls.flushSessions(List.of(first, second));
                assertThat(isResumed(port, version)).isFalse();
                session(port, version);
                assertThat(isResumed(port, version)).isTrue();
            }
            session(server, version);
            first.reloadIfChanged();
            second.reloadIfChanged();
            assertThat(isResumed(server, version)).isTrue();
        }
    }

    static Stream<Arguments> providersAndVersions() {
        return Providers.here().flatMap(provider -> Stream.of("-tls1_2", "-tls1_3", "-tls1_2 -no_ticket")
                .map(version -> Arguments.of(provider, version)));
    }

    @Test
    void sessionsThatAreOthersTooAreNotFlushed() throws Exception {
        Path file = key("ticket.key", '1');
        try (ServerTls tls = ServerTls.open(config(ClientCertificates.NONE, false, List.of(file)));
                TlsEchoServer server = new TlsEchoServer(tls)) {
            session(server, "-tls1_3");
            assertThat(catchThrowableOfType(TlsConfigurationException.class,
                    () -> ServerTls.flushSessions(List.of(tls)))).hasMessageContaining("tlsTicketKeyFile");
            assertThat(isResumed(server, "-tls1_3")).isTrue();
        }
    }

    @Test
    void badKeyFiles() throws Exception {
        Path absent = directory.resolve("absent.key");
        Path small = Files.writeString(directory.resolve("small.key"), "secret");
        assertFault(TlsProvider.AUTO, absent, "can't be read");
        assertFault(TlsProvider.OPENSSL, small, "has 6 octets, and must have 48: openssl rand 48");
        assertFault(TlsProvider.JDK, key("good.key", 'x'), "the JVM's TLS takes no keys from a file");
    }

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void earlyDataIsNeverTaken(TlsProvider provider) throws Exception {
        Path early = Files.writeString(directory.resolve("early"), "early data\n");
        try (TlsEchoServer server = new TlsEchoServer(ServerTls.open(Providers.with(
                provider, config(ClientCertificates.NONE, false, List.of()))))) {
            String session = directory.resolve("session").toString();
            assertThat(OpenSslClient.run(server.port(), "-tls1_3", "-sess_out", session).output())
                    .contains("Max Early Data: 0");
            OpenSslClient client = OpenSslClient.run(
                    server.port(), "-tls1_3", "-sess_in", session, "-early_data", early.toString());
            assertThat(client.output()).doesNotContain("Early data was accepted").doesNotContain("\nearly data\n");
        }
    }

    /** Whoever had been let in before its issuer was taken off the list is asked again. */
    @ParameterizedTest
    @MethodSource("io.smtpra.ra.tls.Providers#here")
    void aClientWhoseIssuerIsNotTrustedAnyMoreDoesNotGoOn(TlsProvider provider) throws Exception {
        TestPki.Authority former = TestPki.authority("Former");
        TestPki.Authority other = TestPki.authority("Other");
        TrustMaterial trust = former.trust(directory.resolve("ca.crt"));
        for (ClientCertificates way : List.of(ClientCertificates.REQUEST, ClientCertificates.REQUIRE)) {
            for (String version : List.of("-tls1_2", "-tls1_3")) {
                former.trust(directory.resolve("ca.crt"));
                ServerTls tls = ServerTls.open(Providers.with(provider, config(way, false, List.of(), trust)));
                String[] shown = shown(former);
                try (tls; TlsEchoServer server = new TlsEchoServer(tls)) {
                    session(server, version, shown);
                    assertThat(server.nextFacts().peerVerified()).isTrue();
                    other.trust(directory.resolve("ca.crt"));
                    assertThat(tls.reloadIfChanged()).isTrue();
                    OpenSslClient client = resuming(server, version, shown);
                    assertThat(client.output()).doesNotContain("Reused, TLS");
                    if (way == ClientCertificates.REQUIRE) {
                        assertThat(client.echoed()).isFalse();
                    } else {
                        assertThat(server.nextFacts().peerVerified()).isFalse();
                    }
                }
            }
        }
    }

    /** To ask whether it has been revoked meanwhile is nothing for an event loop, and BoringSSL does not ask by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void whereCertificatesAreLookedUpSessionsAreNotResumed(String version) throws Exception {
        TrustMaterial trust = TestPki.authority("Test CA").trust(directory.resolve("ca.crt"));
        try (TlsEchoServer server = new TlsEchoServer(ServerTls.open(
                config(ClientCertificates.REQUEST, true, List.of(), trust)))) {
            session(server, version);
            assertThat(isResumed(server, version)).isFalse();
        }
    }

    private void assertFault(TlsProvider provider, Path file, String reason) {
        TlsConfigurationException fault = catchThrowableOfType(TlsConfigurationException.class, () -> ServerTls.open(
                Providers.with(provider, config(ClientCertificates.NONE, false, List.of(file)))));
        assertThat(fault).isNotNull().hasMessageContaining(reason);
        assertThat(fault.property()).isEqualTo("tlsTicketKeyFile");
        assertThat(fault.value()).isEqualTo(file.toString());
    }

    private TlsEchoServer server(List<Path> keys) throws Exception {
        return new TlsEchoServer(ServerTls.open(config(ClientCertificates.NONE, false, keys)));
    }

    private static ServerTlsConfig config(ClientCertificates way, boolean lookUp, List<Path> keys, TrustMaterial... trust) {
        return new ServerTlsConfig(List.of(new KeyMaterial.SelfSigned("mail.example.com")), way, CertificatePurpose.CLIENT,
                List.of(trust).stream().findFirst(), lookUp, List.of(), List.of(), Duration.ofSeconds(9),
                TlsProvider.OPENSSL, new SessionTickets(HOUR, keys));
    }

    private Path key(String name, char octet) throws Exception {
        return Files.writeString(directory.resolve(name), String.valueOf(octet).repeat(48), StandardCharsets.US_ASCII);
    }

    private String[] shown(TestPki.Authority authority) throws Exception {
        KeyMaterial.PemFiles key = authority.issue(Request.subject("CN=alice")).pemFiles(directory, "alice");
        return new String[] {"-cert", key.certificateFile().toString(), "-key", key.privateKeyFile().toString()};
    }

    private void session(TlsEchoServer server, String version, String... more) throws Exception {
        OpenSslClient client = OpenSslClient.run(server.port(), options(version, "-sess_out", more));
        assertThat(client.echoed()).as(client.output()).isTrue();
    }

    private boolean isResumed(TlsEchoServer server, String version) throws Exception {
        OpenSslClient client = resuming(server, version);
        assertThat(client.echoed()).as(client.output()).isTrue();
        return client.output().contains("Reused, TLS");
    }

    private OpenSslClient resuming(TlsEchoServer server, String version, String... more) throws Exception {
        return OpenSslClient.run(server.port(), options(version, "-sess_in", more));
    }

    private String[] options(String version, String session, String... more) {
        List<String> options = new ArrayList<>(List.of(version.split(" ")));
        options.addAll(List.of(session, directory.resolve("session").toString()));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    private static final class Time extends Clock {

        private Instant now = Instant.now();

        void pass(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
