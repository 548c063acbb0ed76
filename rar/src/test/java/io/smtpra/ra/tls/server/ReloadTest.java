package io.smtpra.ra.tls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.client.net.TlsConnection;
import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.material.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.smtpra.ra.tls.Providers#here")
class ReloadTest {

    @Parameter
    TlsProvider provider;

    @TempDir
    Path directory;

    private ServerTls tls;

    @BeforeEach
    void openTls() throws Exception {
        tls = open(ServerTlsConfig.of(install("first.example.com")));
    }

    @Test
    void aNewCertificateIsForNewConnectionsAndOldOnesGoOn() throws Exception {
        assertThat(tls.reloadIfChanged()).isFalse();
        try (TlsEchoServer server = new TlsEchoServer(tls); TlsConnection old = connect(server)) {
            assertThat(old.subject()).isEqualTo("CN=first.example.com");
            install("second.example.com");
            assertThat(tls.reloadIfChanged()).isTrue();
            assertThat(tls.reloadIfChanged()).isFalse();
            assertEchoes(old);
            try (TlsConnection fresh = connect(server)) {
                assertThat(fresh.subject()).isEqualTo("CN=second.example.com");
                assertEchoes(old);
            }
        }
    }

    @Test
    void aBadCertificateIsRefusedAndTheOldOneKept() throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            Files.writeString(directory.resolve("mail.key"), "no key");
            assertThat(tls.reloadIfChanged()).isFalse();
            assertThatThrownBy(tls::reload).isInstanceOf(TlsConfigurationException.class)
                    .hasMessageContaining("there is no private key in the file");
            try (TlsConnection socket = connect(server)) {
                assertThat(socket.subject()).isEqualTo("CN=first.example.com");
                assertEchoes(socket);
            }
            Files.delete(directory.resolve("mail.key"));
            assertThat(tls.reloadIfChanged()).isFalse();
            install("second.example.com");
            assertThat(tls.reloadIfChanged()).isTrue();
            try (TlsConnection socket = connect(server)) {
                assertThat(socket.subject()).isEqualTo("CN=second.example.com");
            }
        }
    }

    @Test
    void aLinkSetToAnotherDirectoryIsAChange() throws Exception {
        Path first = Files.createDirectory(directory.resolve("1"));
        Path second = Files.createDirectory(directory.resolve("2"));
        TestPki.selfSigned(Request.host("one.example.com")).pemFiles(first, "mail");
        TestPki.selfSigned(Request.host("two.example.com")).pemFiles(second, "mail");
        Path live = Files.createSymbolicLink(directory.resolve("live"), first);
        ServerTls linked = open(ServerTlsConfig.of(new KeyMaterial.PemFiles(
                live.resolve("mail.crt"), live.resolve("mail.key"), java.util.Optional.empty())));
        Path next = Files.createSymbolicLink(directory.resolve("next"), second);
        Files.move(next, live, StandardCopyOption.ATOMIC_MOVE);
        assertThat(linked.reloadIfChanged()).isTrue();
        try (TlsEchoServer server = new TlsEchoServer(linked); TlsConnection socket = connect(server)) {
            assertThat(socket.subject()).isEqualTo("CN=two.example.com");
        }
    }

    @Test
    void aSelfSignedCertificateStays() throws Exception {
        ServerTls selfSigned = open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("mail.example.com")));
        var before = selfSigned.selfSignedFingerprint();
        selfSigned.reload();
        assertThat(selfSigned.selfSignedFingerprint()).isEqualTo(before).isPresent();
    }

    @Test
    void noHandshakeFailsWhileCertificatesChange() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                clients.add(threads.submit(() -> connectUntil(over, server, seen)));
            }
            for (int number = 0; number < 10; number++) {
                String host = "host" + number + ".example.com";
                install(host);
                assertThat(tls.reloadIfChanged()).isTrue();
                awaitSeen(seen, "CN=" + host);
            }
            over.set(true);
            for (Future<Integer> client : clients) {
                assertThat(client.get(30, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private int connectUntil(AtomicBoolean over, TlsEchoServer server, Set<String> seen) throws Exception {
        int count = 0;
        while (!over.get()) {
            try (TlsConnection socket = connect(server)) {
                assertEchoes(socket);
                seen.add(socket.subject());
                count++;
            }
        }
        return count;
    }

    private static void awaitSeen(Set<String> seen, String subject) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!seen.contains(subject)) {
            assertThat(System.nanoTime()).as("waiting for " + subject).isLessThan(end);
            Thread.sleep(5);
        }
    }

    private KeyMaterial install(String host) throws Exception {
        return TestPki.selfSigned(Request.host(host)).pemFiles(directory, "mail");
    }

    private ServerTls open(ServerTlsConfig config) throws Exception {
        return ServerTls.open(Providers.with(provider, config));
    }

    private TlsConnection connect(TlsEchoServer server) throws Exception {
        return TlsConnection.open(ClientTls.open(Providers.with(provider, ClientTlsConfig.of(CertificateCheck.NONE))),
                "mail.example.com", server.port());
    }

    private static void assertEchoes(TlsConnection socket) throws Exception {
        assertThat(socket.echo("hello")).isEqualTo("hello");
    }
}
