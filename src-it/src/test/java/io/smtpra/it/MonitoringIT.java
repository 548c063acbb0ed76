package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.it.app.BeanServlet;
import io.smtpra.it.app.PlainBean;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health and metrics of an adapter, asked for by the commands of docs/monitoring.md. */
class MonitoringIT {

    private static final Document DOCUMENT = Document.read("monitoring.md");
    private static final String JAR = "smtp-ra-monitoring.jar";
    private static CrashingServer server;
    private SmtpPeer peer;

    @BeforeAll
    static void startTheServer() throws Exception {
        Tool.require("curl");
        server = new CrashingServer("monitoring", Path.of(System.getProperty("it.wildfly.with.layer")));
        server.start("-Dsmtpra.relay.port=" + Ports.RELAY, FeaturePackIT.MAILBOX_ASIDE);
        server.script(DOCUMENT.script("## Micrometer"));
        server.deploy(Archives.monitoring());
        server.deploy(ShrinkWrap.create(WebArchive.class, "management.war").addClass(BeanServlet.class));
        server.deploy(ShrinkWrap.create(JavaArchive.class, "plain.jar").addClass(PlainBean.class));
    }

    @AfterAll
    static void endTheServer() {
        if (server != null) {
            server.close();
        }
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
    void aPausedListenerIsNotReady() throws Exception {
        assertThat(status("smtp-ra listeners")).isEqualTo("UP open");
        assertThat(health().getString("status")).isEqualTo("UP");

        WildFly.request(server.httpPort(), "/management/bean", "io.smtpra:type=Listeners,* pause()");
        assertThat(status("smtp-ra listeners")).isEqualTo("DOWN paused");
        assertThat(health().getString("status")).isEqualTo("DOWN");

        WildFly.request(server.httpPort(), "/management/bean", "io.smtpra:type=Listeners,* resume()");
        assertThat(health().getString("status")).isEqualTo("UP");
    }

    @Test
    void eachCheckSaysWhatItHasSeen() throws Exception {
        assertThat(check("smtp-ra certificates").getJsonObject("data").getString("expires " + listener()))
                .matches("20..-.*Z");
        assertThat(check("smtp-ra deliveries").getJsonObject("data").getString("waiting " + listener()))
                .isEqualTo("0 of 1000");
        assertThat(check("smtp-ra queue").getString("status")).isEqualTo("UP");
    }

    @Test
    void aMailMovesItsMeters() throws Exception {
        double accepted = meter("smtpra_mails_total", "outcome=\"accepted\"");
        double refused = meter("smtpra_mails_total", "outcome=\"refused\"");
        double sent = meter("smtpra_outbound_mails_total", "outcome=\"sent\"");
        Mails.send(Mails.message("you@example.org", "inbox@example.com", "Counted", "One more"), server.smtpPort());
        peer.awaitMail();

        Await.until("the mail to be counted",
                () -> meter("smtpra_mails_total", "outcome=\"accepted\"") == accepted + 1);
        assertThat(meter("smtpra_mails_total", "outcome=\"refused\"")).isEqualTo(refused);
        assertThat(meter("smtpra_outbound_mails_total", "outcome=\"sent\"")).isEqualTo(sent + 1);
        assertThat(run("## The server's metrics")).containsPattern(
                "wildfly_resource_adapters_extended_mails_accepted\\{.*smtp-ra.*} [1-9]");
        assertThat(prometheus()).containsPattern("(?m)^resource_adapters_extended_mails_accepted\\{.*smtp-ra.*} [1-9]");
    }

    @Test
    void repliesAndNextHopsBecomeTagsAsTheyOccur() throws Exception {
        Mails.send(Mails.message("you@example.org", "inbox@example.com", "A next hop", "One more"), server.smtpPort());
        String refusal;
        try (Dialogue dialogue = new Dialogue(server.smtpPort())) {
            // for a while after the start 451: a bean may still be on its way
            refusal = dialogue.mail("To nobody", "nobody@elsewhere.test").substring(0, "550 5.7.1".length());
        }
        Await.until("the reply and the next hop", () -> prometheus().lines().anyMatch(line ->
                line.startsWith("smtpra_refusals_total") && line.contains("reply=\"" + refusal + "\""))
                && prometheus().lines().anyMatch(line -> line.startsWith("smtpra_outbound_sendings_total")
                && line.contains("next_hop=\"127.0.0.1:" + Ports.RELAY + "\"") && line.contains("outcome=\"sent\"")));
    }

    /** Those of the queue are checked in a test of the jar's own. */
    @Test
    void theAlertsAskForMetersThatThereAre() {
        String there = prometheus();
        Set<String> asked = DOCUMENT.blocks("yaml").stream()
                .flatMap(block -> Pattern.compile("smtpra_[a-z_]+").matcher(block.text()).results())
                .map(MatchResult::group)
                .filter(name -> !name.startsWith("smtpra_queue_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked).hasSizeGreaterThan(7).allSatisfy(name ->
                // by name alone, a reply and a next hop have a meter only when they have occurred
                assertThat(name.matches("smtpra_(refusals|outbound_sendings)_total")
                        || there.contains("# TYPE " + name + " ")).as(name).isTrue());
    }

    @Test
    void metersAndChecksGoWithTheJar() throws Exception {
        server.undeploy(JAR);
        assertThat(prometheus()).doesNotContain("smtpra_");
        assertThat(health().toString()).doesNotContain("smtp-ra listeners");

        WebArchive carrier = ShrinkWrap.create(WebArchive.class, "carrier.war").addAsLibrary(Archives.monitoring());
        server.deploy(carrier);
        assertThat(status("smtp-ra listeners")).isEqualTo("UP open");
        assertThat(prometheus()).contains("smtpra_mails_total");
        server.undeploy("carrier.war");
        assertThat(prometheus()).doesNotContain("smtpra_");
        server.deploy(Archives.monitoring());
    }

    @Test
    void aWrongLimitFailsTheDeploymentAndIsNamed() throws Exception {
        ModelNode property = Operations.createAddress("system-property", "smtpra.health.certificate.days");
        ModelNode add = Operations.createAddOperation(property);
        add.get("value").set("soon");
        server.undeploy(JAR);
        server.ask(add);
        try {
            assertThatThrownBy(() -> server.deploy(Archives.monitoring())).hasMessageContaining("smtp-ra monitoring:"
                    + " property 'smtpra.health.certificate.days' is 'soon', allowed: a whole number from 0 to 3650");
        } finally {
            server.ask(Operations.createRemoveOperation(property));
            server.deploy(Archives.monitoring());
        }
    }

    private static String listener() {
        return "127.0.0.1:" + server.smtpPort();
    }

    /** A check's status, and the state of its listener. */
    private static String status(String name) {
        JsonObject check = check(name);
        return check.getString("status") + " " + check.getJsonObject("data").getString("smtp " + listener());
    }

    private static JsonObject check(String name) {
        return health().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(check -> check.getString("name").equals(name)).findAny().orElseThrow();
    }

    private static JsonObject health() {
        try (JsonReader reader = Json.createReader(new StringReader(run("## Readiness")))) {
            return reader.readObject();
        }
    }

    private static String prometheus() {
        return run("and then");
    }

    private static double meter(String name, String tag) {
        return prometheus().lines().filter(line -> line.startsWith(name + "{") && line.contains(tag))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).findAny().orElseThrow();
    }

    /** Runs the first command below a line of the document. */
    private static String run(String line) {
        try {
            String command = Files.readString(DOCUMENT.script(line))
                    .replace("127.0.0.1:9990", "127.0.0.1:" + server.managementPort());
            Tool.Outcome outcome = Tool.run(Duration.ofSeconds(30), List.of("sh", "-c", command));
            assertThat(outcome.status()).as(command + outcome.output()).isZero();
            return outcome.output();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
