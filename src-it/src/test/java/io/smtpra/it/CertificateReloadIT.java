package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A new certificate goes into use without a restart, by itself or when an administrator asks; a bad one does not. */
@ExtendWith(ArquillianExtension.class)
class CertificateReloadIT {

    private static final String BEAN = "io.smtpra:type=Certificates,*";
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 5;

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    private Path folder;
    private Pki pki;

    @BeforeEach
    void setUp() {
        pki = Pki.in(folder);
        WILDFLY.property("smtpra.certificate.file", folder.resolve("mail.pem").toString());
        WILDFLY.property("smtpra.private.key.file", folder.resolve("mail.key").toString());
    }

    @Test
    void noHandshakeFailsWhileCertificatesChange() throws Exception {
        install(pki.issue("first"));
        WILDFLY.deploy(Archives.rar());
        try (Handshakes handshakes = new Handshakes()) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "round " + round;
                handshakes.await(2 * CLIENTS);
                install(round % 2 == 0 ? pki.issueRsa(name) : pki.issue(name));
                assertThat(WILDFLY.bean(BEAN, "reload()")).containsExactly("null");
                handshakes.await("CN=" + name);
            }
            handshakes.await(2 * CLIENTS);
            handshakes.close();
            assertThat(handshakes.failures()).isEmpty();
            assertThat(handshakes.subjects()).hasSizeGreaterThanOrEqualTo(ROUNDS);
        }
    }

    @Test
    void aFileThatChangesIsReadByItselfAndABadOneRefused() throws Exception {
        install(pki.issue("first"));
        WILDFLY.deploy(Archives.rar());
        try (SmtpLines open = SmtpLines.startTls(Ports.SMTP)) {
            Files.writeString(folder.resolve("mail.pem"), "no certificate");
            assertThat(WILDFLY.log().await("TLS material has changed but can't be used")).contains("ERROR", "mail.pem");
            assertThat(shown()).isEqualTo("CN=first");
            assertThat(WILDFLY.bean(BEAN, "reload()")).singleElement().asString().contains("failed", "certificateFile");

            install(pki.issue("second"));
            WILDFLY.log().await("TLS material has changed and is in use");
            assertThat(shown()).isEqualTo("CN=second");
            assertThat(open.say("NOOP")).as("a connection from before").startsWith("250 ");
        }
    }

    @Test
    void anAdministratorSeesWhenACertificateExpires() throws Exception {
        Pki.Issued old = pki.issue("soon to expire", 6);
        install(old);
        WILDFLY.deploy(Archives.rar());

        assertThat(WILDFLY.bean(BEAN, "Expires")).containsExactly(old.read().getNotAfter().toInstant().toString());
        assertThat(WILDFLY.bean(BEAN, "DaysLeft")).containsExactly("5");
        assertThat(WILDFLY.bean(BEAN, "Certificates")).singleElement().asString()
                .startsWith("CN=soon to expire, issued by CN=smtp-ra tests, valid until ");
        assertThat(WILDFLY.log().await("CN=soon to expire expires at .*, in 7 days or less")).contains("WARN");

        WILDFLY.undeploy(Archives.RAR);
        assertThat(WILDFLY.bean(BEAN, "Expires")).isEmpty();
    }

    /** One file after the other, as certbot and its like do. */
    private void install(Pki.Issued issued) throws IOException {
        replace(issued.key(), folder.resolve("mail.key"));
        replace(issued.certificate(), folder.resolve("mail.pem"));
    }

    private static void replace(Path from, Path to) throws IOException {
        Path beside = Files.copy(
                from, to.resolveSibling(to.getFileName() + ".new"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String shown() throws IOException {
        return subject(SmtpLines.serverCertificate(Ports.SMTP));
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** Clients that do one handshake after the other. */
    private static final class Handshakes implements AutoCloseable {

        private final AtomicInteger done = new AtomicInteger();
        private final Set<String> subjects = ConcurrentHashMap.newKeySet();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final List<Thread> clients = new ArrayList<>();
        private volatile boolean stopped;

        Handshakes() {
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(this::connect, "handshakes " + i);
                client.setDaemon(true);
                client.start();
                clients.add(client);
            }
        }

        private void connect() {
            while (!stopped) {
                try {
                    subjects.add(subject(SmtpLines.serverCertificate(Ports.SMTP)));
                    done.incrementAndGet();
                } catch (IOException | RuntimeException e) {
                    failures.add(e.toString());
                }
            }
        }

        void await(int more) {
            int goal = done.get() + more;
            Await.until(more + " more handshakes", () -> done.get() >= goal || !failures.isEmpty());
        }

        void await(String subject) {
            Await.until("a handshake with " + subject, () -> subjects.contains(subject));
        }

        List<String> failures() {
            return List.copyOf(failures);
        }

        Set<String> subjects() {
            return Set.copyOf(subjects);
        }

        @Override
        public void close() throws InterruptedException {
            stopped = true;
            for (Thread client : clients) {
                client.join();
            }
        }
    }
}
