package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.PlainBean;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server provisioned with the layer {@code smtp-ra}, and an application that has no jar and no name of ours in it. */
class FeaturePackIT {

    private static final Path HOME = Path.of(System.getProperty("it.wildfly.with.layer"));
    private static final int SUBMISSION = CrashingServer.freePort();
    private static CrashingServer server;
    private SmtpPeer peer;

    @BeforeAll
    static void startTheServer() throws Exception {
        server = new CrashingServer("with-layer", HOME);
        Tool.Outcome outcome = Tool.run(Duration.ofMinutes(1), List.of(HOME.resolve("bin/add-user.sh").toString(),
                "-a", "-s", "-sc", HOME.resolveSibling("with-layer").resolve("configuration").toString(),
                "-u", MailUsers.ALICE, "-p", MailUsers.ALICES_PASSWORD));
        assertThat(outcome.status()).as(outcome.output()).isZero();
        server.start("-Dsmtpra.relay.port=" + Ports.RELAY,
                "-Dsmtpra.ssl.context=applicationSSC",
                "-Dsmtpra.submission.port=" + SUBMISSION, "-Dsmtpra.security.domain=ApplicationDomain");
        server.deploy(ShrinkWrap.create(JavaArchive.class, "plain.jar").addClass(PlainBean.class));
    }

    @AfterAll
    static void endTheServer() {
        server.close();
    }

    @BeforeEach
    void startThePeer() throws IOException {
        peer = SmtpPeer.plain();
    }

    @AfterEach
    void endThePeer() throws IOException {
        peer.close();
    }

    @Test
    void theServerStartsWithoutAnError() throws Exception {
        assertThat(server.log()).noneMatch(line -> line.contains(" ERROR "));
    }

    @Test
    void anApplicationWithoutAJarOfOursReceivesAndSends() throws Exception {
        assertThat(Mails.send(Mails.message("you@example.org", "inbox@example.com", "Hello", "Through a layer"),
                server.smtpPort())).startsWith("250 2.0.0");

        assertThat(peer.awaitMail().content()).contains("Subject: Hello", "Through a layer");
        assertThat(peer.awaitMail().recipients()).containsExactly("reader@example.net");
    }

    @Test
    void theServerShowsTheAdaptersStatistics() throws Exception {
        long before = statistic("MailsAccepted");
        long sent = statistic("OutboundSent");
        Mails.send(Mails.message("you@example.org", "inbox@example.com", "Counted", "One more"), server.smtpPort());
        peer.awaitMail();

        assertThat(statistic("MailsAccepted")).isEqualTo(before + 1);
        assertThat(statistic("OutboundSent")).isEqualTo(sent + 1);
        assertThat(statistic("MailsRefused")).isZero();
        assertThat(server.ask(read("NextHops")).asString()).contains("127.0.0.1:" + Ports.RELAY + " sent: ");
    }

    @Test
    void theServersMetricsHaveThem() throws Exception {
        Mails.send(Mails.message("you@example.org", "inbox@example.com", "Measured", "One more"), server.smtpPort());
        peer.awaitMail();

        HttpResponse<String> metrics = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(
                "http://" + Ports.LOOPBACK + ":" + server.managementPort() + "/metrics")).build(), BodyHandlers.ofString());
        assertThat(metrics.body().lines()).anyMatch(line ->
                line.matches("wildfly_resource_adapters_extended_mails_accepted\\{.*smtp-ra.*} [1-9].*"));
    }

    private static long statistic(String name) throws IOException {
        return server.ask(read(name)).asLong();
    }

    private static ModelNode read(String name) {
        ModelNode address = new ModelNode().add("subsystem", "resource-adapters").add("resource-adapter", "smtp-ra")
                .add("statistics", "extended");
        return Operations.createReadAttributeOperation(address, name);
    }

    @Test
    void aUserOfTheServersDomainSubmits() throws Exception {
        assertThat(Mails.send(Mails.message("alice@example.com", "inbox@example.com", "Submitted", "As a user"),
                SUBMISSION, MailUsers.ALICE, MailUsers.ALICES_PASSWORD)).startsWith("250 2.0.0");

        assertThat(peer.awaitMail().content()).contains("Subject: Submitted");
    }

    @Test
    void theContextOfTheServerIsUsed() throws Exception {
        Mails.connect(Mails.StartTls.REQUIRED, server.smtpPort()).close();

        assertThat(server.log()).noneMatch(line -> line.contains("TLS uses a self-signed certificate"));
    }
}
