package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** testssl.sh finds nothing in our TLS that is of severity MEDIUM or worse. */
@ExtendWith(ArquillianExtension.class)
class TlsWeaknessesIT {

    private static final Duration BOUND = Duration.ofMinutes(12);
    /**
     * What it looks for: protocols, kinds of cipher; forward secrecy; the server's choices; its settings; known
     * attacks.
     */
    private static final List<List<String>> CHECKS =
            List.of(List.of("-p", "-s"), List.of("-f", "-P"), List.of("-S"), List.of("-U"));
    private static final Pattern FINDING = Pattern.compile("\\{[^}]*}");
    /** WARN says that a check of its own did not work, FATAL that it could not look at all. */
    private static final Pattern BAD = Pattern.compile("\"severity\"\\s*:\\s*\"(MEDIUM|HIGH|CRITICAL|FATAL)\"");

    /**
     * openssl for testssl.sh, which asks for a renegotiation by {@code echo R | openssl s_client} and takes it for
     * granted if that ends well; but at the end of its input s_client ends well, whatever the server is about to say.
     */
    private static final String PATIENT_OPENSSL = """
            #!/bin/bash
            if [ "$1" = s_client ] && [ -p /dev/stdin ]; then
                exec openssl "$@" < <(cat; sleep 1)
            fi
            exec openssl "$@"
            """;

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    private Path folder;

    @Test
    void findsNothingOfMediumSeverityOrWorse() throws Exception {
        Tool.require("testssl");
        Pki pki = Pki.in(folder);
        Pki.Issued ecdsa = pki.issue("localhost");
        Pki.Issued rsa = pki.issueRsa("localhost");
        WILDFLY.property("smtpra.certificate.file", ecdsa.certificate() + "," + rsa.certificate());
        WILDFLY.property("smtpra.private.key.file", ecdsa.key() + "," + rsa.key());
        // It fails hundreds of handshakes on purpose.
        WILDFLY.property("smtpra.max.handshake.failures", "1000000");
        WILDFLY.deploy(Archives.rar());

        Path openssl = Files.writeString(folder.resolve("openssl"), PATIENT_OPENSSL);
        Files.setPosixFilePermissions(openssl, PosixFilePermissions.fromString("rwx------"));
        List<String> findings = findings(pki);

        assertThat(findings.stream().filter(finding -> BAD.matcher(finding).find())).isEmpty();
        assertThat(String.join("\n", findings)).as("what it has looked at").contains("\"SSLv3\"", "\"TLS1_3\"",
                "\"cipherlist_NULL\"", "\"cipher_order\"", "\"cert_chain_of_trust", "\"cert_expirationStatus",
                "\"heartbleed\"", "\"ROBOT\"", "\"secure_renego\"", "\"secure_client_renego\"",
                "\"fallback_SCSV\"", "\"LUCKY13\"");
    }

    /** It waits most of the time, so that several of it take hardly longer than one. */
    private List<String> findings(Pki pki) {
        ExecutorService threads = Executors.newFixedThreadPool(CHECKS.size());
        try {
            List<CompletableFuture<List<String>>> running = IntStream.range(0, CHECKS.size())
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> findings(pki, i), threads)).toList();
            return running.stream().map(CompletableFuture::join).flatMap(List::stream).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> findings(Pki pki, int check) {
        Path report = folder.resolve("findings-" + check + ".json");
        List<String> command = new ArrayList<>(List.of("testssl", "--quiet", "--warnings", "batch", "--color", "0",
                "--starttls", "smtp", "--add-ca", pki.authority().toString(), "--jsonfile", report.toString(),
                "--ip", Ports.LOOPBACK, "--openssl", folder.resolve("openssl").toString()));
        command.addAll(CHECKS.get(check));
        command.add("localhost:" + Ports.SMTP);
        Tool.Outcome outcome = Tool.run(BOUND, command);
        try {
            assertThat(report).as(outcome.output()).exists();
            return FINDING.matcher(Files.readString(report)).results()
                    .map(match -> match.group().replaceAll("\\s+", " ")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
