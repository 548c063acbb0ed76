package io.smtpra.ra.tls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki;
import io.smtpra.ra.tls.material.TestPki.Request;
import java.net.InetAddress;
import java.net.Socket;
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
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {

    @TempDir
    Path directory;

    private ServerTls tls;

    @BeforeEach
    void open() throws Exception {
        tls = ServerTls.open(ServerTlsConfig.of(install("first.example.com")));
    }

    @Test
    void aNewCertificateIsForNewConnectionsAndOldOnesGoOn() throws Exception {
        assertThat(tls.reloadIfChanged()).isFalse();
        try (TlsEchoServer server = new TlsEchoServer(tls); SSLSocket old = connect(server)) {
            assertThat(subject(old)).isEqualTo("CN=first.example.com");
            install("second.example.com");
            assertThat(tls.reloadIfChanged()).isTrue();
            assertThat(tls.reloadIfChanged()).isFalse();
            assertEchoes(old);
            try (SSLSocket fresh = connect(server)) {
                assertThat(subject(fresh)).isEqualTo("CN=second.example.com");
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
            try (SSLSocket socket = connect(server)) {
                assertThat(subject(socket)).isEqualTo("CN=first.example.com");
                assertEchoes(socket);
            }
            Files.delete(directory.resolve("mail.key"));
            assertThat(tls.reloadIfChanged()).isFalse();
            install("second.example.com");
            assertThat(tls.reloadIfChanged()).isTrue();
            try (SSLSocket socket = connect(server)) {
                assertThat(subject(socket)).isEqualTo("CN=second.example.com");
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
        ServerTls linked = ServerTls.open(ServerTlsConfig.of(new KeyMaterial.PemFiles(
                live.resolve("mail.crt"), live.resolve("mail.key"), java.util.Optional.empty())));
        Path next = Files.createSymbolicLink(directory.resolve("next"), second);
        Files.move(next, live, StandardCopyOption.ATOMIC_MOVE);
        assertThat(linked.reloadIfChanged()).isTrue();
        try (TlsEchoServer server = new TlsEchoServer(linked); SSLSocket socket = connect(server)) {
            assertThat(subject(socket)).isEqualTo("CN=two.example.com");
        }
    }

    @Test
    void aSelfSignedCertificateStays() throws Exception {
        ServerTls selfSigned = ServerTls.open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("mail.example.com")));
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

    private static int connectUntil(AtomicBoolean over, TlsEchoServer server, Set<String> seen) throws Exception {
        int count = 0;
        while (!over.get()) {
            try (SSLSocket socket = connect(server)) {
                assertEchoes(socket);
                seen.add(subject(socket));
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

    private static SSLSocket connect(TlsEchoServer server) throws Exception {
        return ClientTls.open(ClientTlsConfig.of(CertificateCheck.NONE)).layer(
                new Socket(InetAddress.getLoopbackAddress(), server.port()), "mail.example.com", server.port());
    }

    private static String subject(SSLSocket socket) throws Exception {
        return socket.getSession().getPeerPrincipal().getName();
    }

    private static void assertEchoes(SSLSocket socket) throws Exception {
        socket.getOutputStream().write("hello".getBytes());
        assertThat(new String(socket.getInputStream().readNBytes(5))).isEqualTo("hello");
    }
}
