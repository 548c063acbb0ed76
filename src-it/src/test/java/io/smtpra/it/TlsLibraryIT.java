package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.InboxBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A native library in a server that redeploys: it is loaded once, nothing of it lies about, and it is neither loaded
 * again nor unloaded under the server's threads.
 */
@ExtendWith(ArquillianExtension.class)
@EnabledOnOs(OS.LINUX)
class TlsLibraryIT {

    private static final int ROUNDS = 50;
    /** The server has settled by then. */
    private static final int SETTLED = 20;
    private static final String SECOND = "second.rar";
    private static final String DESCRIPTOR = "META-INF/ironjacamar.xml";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    private long process;
    private Set<String> temporaryFiles;

    @BeforeEach
    void look() {
        ModelNode runtime = Operations.createAddress("core-service", "platform-mbean", "type", "runtime");
        process = Long.parseLong(WILDFLY.execute(Operations.createReadAttributeOperation(runtime, "name")).asString()
                .replaceFirst("@.*", ""));
        temporaryFiles = temporaryFiles();
        WILDFLY.table("INBOX (ID varchar(64), SUBJECT varchar(100))");
    }

    @Test
    void twoAdaptersUseItAndOneMaySendToTheOther() throws Exception {
        WILDFLY.deploy(sending());
        WILDFLY.deploy(second());
        sendAndReceive();
        WILDFLY.undeploy("relay.war");
        WILDFLY.undeploy("inbox.jar");
        WILDFLY.undeploy(Archives.RAR);
        assertServed(Ports.SUBMISSION);
        WILDFLY.deploy(sending());
        assertServed(Ports.SMTP);
        assertThat(libraries()).hasSize(1);
        WILDFLY.log().await("TLS of the listeners is BoringSSL \\(tlsProvider is auto");
        WILDFLY.log().await("TLS of a connection factory is BoringSSL \\(tlsProvider is auto");
    }

    @Test
    void fiftyRedeploymentsLeaveNothingBehind() throws Exception {
        WILDFLY.deploy(second());
        long settled = 0;
        try (Handshakes load = new Handshakes()) {
            for (int round = 1; round <= ROUNDS; round++) {
                WILDFLY.deploy(sending());
                if (round % 10 == 0) {
                    sendAndReceive();
                    WILDFLY.undeploy("relay.war");
                    WILDFLY.undeploy("inbox.jar");
                } else {
                    load.await(2);
                }
                WILDFLY.undeploy(Archives.RAR);
                if (round == SETTLED) {
                    settled = resident();
                }
            }
        }
        long left = resident();
        System.out.printf("resident memory after %d redeployments %d MiB, after %d %d MiB%n",
                SETTLED, settled >> 20, ROUNDS, left >> 20);
        assertServed(Ports.SUBMISSION);
        assertThat(libraries()).hasSize(1);
        assertThat(temporaryFiles()).isEqualTo(temporaryFiles);
        assertThat(WILDFLY.log().lines().stream().filter(line -> line.contains("UnsatisfiedLinkError"))).isEmpty();
        assertThat(left - settled).as("memory of %d redeployments", ROUNDS - SETTLED).isLessThan(96L << 20);
    }

    private static ResourceAdapterArchive sending() {
        return new RelayArchive().with("strict", "port", Integer.toString(Ports.SMTP), "tls", "required",
                "certificateCheck", "none", "maxMailsPerConnection", "1").build();
    }

    /** Mail from an application's threads to the adapter itself, over TLS on both sides. */
    private static void sendAndReceive() throws Exception {
        WILDFLY.deploy(RelayArchive.application());
        WILDFLY.deploy(Archives.beans(
                "inbox.jar", Archives.RAR, Map.of("recipients", "*@example.org"), InboxBean.class));
        for (int mail = 0; mail < 3; mail++) {
            assertThat(RelayArchive.send(WILDFLY, "strict", "Subject: over TLS\r\n\r\n"
                    + "0123456789\r\n".repeat(20_000)))
                    .contains("state SENT", "tls TLSv1.3 unchecked");
        }
    }

    /** The adapter under another name, at another port. */
    private static ResourceAdapterArchive second() throws IOException {
        ResourceAdapterArchive archive =
                ShrinkWrap.create(ResourceAdapterArchive.class, SECOND).merge(Archives.rar());
        try (InputStream in = archive.get(DESCRIPTOR).getAsset().openStream()) {
            String descriptor = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("(name=\"smtpPort\">)[^<]*<", "$1" + Ports.SUBMISSION + "<")
                    .replaceFirst("(name=\"submissionPort\">)[^<]*<", "$1-1<")
                    .replace("java:/smtp/", "java:/second/").replace("java:/mail/", "java:/second/mail/");
            archive.delete(DESCRIPTOR);
            return archive.add(new StringAsset(descriptor), DESCRIPTOR);
        }
    }

    private static void assertServed(int port) throws IOException {
        try (SmtpLines client = SmtpLines.startTls(port)) {
            assertThat(client.say("EHLO client.example.org")).startsWith("250");
        }
    }

    /** What the process needs after it has collected its garbage. */
    private long resident() throws IOException {
        ModelNode memory = Operations.createAddress("core-service", "platform-mbean", "type", "memory");
        for (int i = 0; i < 3; i++) {
            WILDFLY.execute(Operations.createOperation("gc", memory));
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
        }
    }

    /** The libraries in the process' memory, each with its file's number, deleted as that is. */
    private Set<String> libraries() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/maps"))) {
            return lines.filter(line -> line.contains("netty_tcnative"))
                    .map(line -> List.of(line.split(" +")).get(4)).collect(Collectors.toSet());
        }
    }

    private static Set<String> temporaryFiles() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("smtp-ra-tls") || name.contains("netty_tcnative"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients that go on while the adapter comes and goes; those that find nobody try again. */
    private static final class Handshakes implements AutoCloseable {

        private static final int CLIENTS = 2;

        private final AtomicInteger done = new AtomicInteger();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Thread> clients = Stream.generate(() -> new Thread(this::connect, "handshakes"))
                .limit(CLIENTS).toList();

        Handshakes() {
            clients.forEach(client -> client.setDaemon(true));
            clients.forEach(Thread::start);
        }

        private void connect() {
            while (!stopped.get()) {
                try {
                    SmtpLines.serverCertificate(Ports.SMTP);
                    done.incrementAndGet();
                } catch (IOException | RuntimeException e) {
                    Thread.onSpinWait();
                }
            }
        }

        void await(int more) {
            int goal = done.get() + more;
            Await.until(more + " more handshakes", () -> done.get() >= goal);
        }

        @Override
        public void close() throws InterruptedException {
            stopped.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
    }
}
