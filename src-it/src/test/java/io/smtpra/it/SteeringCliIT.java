package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.it.app.HeldBean;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.SlowBean;
import io.smtpra.it.app.SlowMail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.Property;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The adapter, steered by the server's own management as docs/steering.md has it. */
@ExtendWith(ArquillianExtension.class)
class SteeringCliIT {

    private static final Document DOCUMENT = Document.read("steering.md");
    private static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();
    private static final ModelNode SUBSYSTEM = Operations.createAddress("subsystem", "smtp-ra");
    private static final String SMTP = Ports.LOOPBACK + ":" + Ports.SMTP;
    private static final ModelNode SMTP_LISTENER =
            Operations.createAddress("subsystem", "smtp-ra", "listener", SMTP);
    private static final String SUBMISSION = Ports.LOOPBACK + ":" + Ports.SUBMISSION;
    private static final ModelNode SUBMISSION_LISTENER =
            Operations.createAddress("subsystem", "smtp-ra", "listener", SUBMISSION);
    private static final String LATER = "421 4.3.2 ";
    private static final int CONNECTIONS = 16;

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    static Path folder;

    @TempDir
    Path held;

    @BeforeAll
    static void addTheSubsystem() throws Exception {
        Files.copy(Path.of(System.getProperty("it.subsystem")), folder.resolve("smtp-ra-subsystem.jar"));
        WILDFLY.script(Path.of(System.getProperty("it.docs"), "steering.cli"), folder,
                RESOURCES.resolve("steering-away.cli"));
    }

    @BeforeEach
    void deploy() throws Exception {
        WILDFLY.property("smtpra.max.connections.per.address", "1000");
        WILDFLY.property("smtpra.submission.port", String.valueOf(Ports.SUBMISSION));
        WILDFLY.property("smtpra.submission.authentication", "none");
        WILDFLY.deploy(Archives.rar());
    }

    @Test
    void allIsDescribed() {
        ModelNode read = Operations.createOperation("read-resource-description", SUBSYSTEM);
        read.get("recursive").set(true);
        read.get("operations").set(true);
        ModelNode described = WILDFLY.execute(read);
        ModelNode listener = described.get("children", "listener", "model-description", "*");
        for (ModelNode resource : List.of(described, listener)) {
            assertThat(resource.get("description").asString()).isNotBlank();
            assertThat(resource.get("operations").asPropertyList()).extracting(Property::getName)
                    .contains("pause", "resume", "turn-away", "drain", "sessions", "end-session", "ban", "unban",
                            "clear-bans", "set-limits", "set-access", "reload-certificates", "flush-tls-sessions");
        }
        ModelNode operations = described.get("operations");
        assertThat(operations.get("sessions", "read-only").asBoolean()).isTrue();
        assertThat(operations.get("drain", "read-only").asBoolean()).isFalse();
        assertThat(operations.get("drain", "runtime-only").asBoolean()).isTrue();
        assertThat(operations.get("ban", "request-properties", "client", "description").asString()).isNotBlank();
        assertThat(listener.get("attributes").asPropertyList()).extracting(Property::getName)
                .contains("kind", "state", "connections", "max-connections", "max-message-size");
    }

    @Test
    void theCommandsOfTheDocumentWork() throws Exception {
        Cli.run(DOCUMENT.script("## By jboss-cli"));

        assertThat(lines("listeners"))
                .containsExactlyInAnyOrder("smtp " + SMTP + " open", "submission " + SUBMISSION + " open");
        assertThat(lines("bans")).isEmpty();
        assertThat(attribute(SMTP_LISTENER, "max-errors").asInt()).isEqualTo(5);
        assertThat(attribute(SMTP_LISTENER, "max-connections-per-address").asInt()).isEqualTo(20);
    }

    @Test
    void whoMayConnectIsChangedAndShown() throws Exception {
        ModelNode access = Operations.createOperation("set-access", SMTP_LISTENER);
        access.get("denied").add("127.0.0.0/8").add("192.0.2.7");
        WILDFLY.execute(access);
        assertThat(texts(attribute(SMTP_LISTENER, "denied-networks"))).containsExactly("127.0.0.0/8", "192.0.2.7/32");
        assertThat(texts(attribute(SUBMISSION_LISTENER, "allowed-networks"))).isEmpty();
        assertThat(greeting()).startsWith("554 5.7.1 ");
        call("set-access", SUBSYSTEM);
        assertThat(greeting()).startsWith("220 ");
    }

    @Test
    void aPausedListenerIsReallyClosedAndTheOtherOpen() throws Exception {
        call("pause", SMTP_LISTENER);
        assertThatThrownBy(() -> new Socket(Ports.LOOPBACK, Ports.SMTP).close()).isInstanceOf(IOException.class);
        new Dialogue(Ports.SUBMISSION).close();
        assertThat(attribute(SMTP_LISTENER, "state").asString()).isEqualTo("paused");
        assertThat(attribute(SUBMISSION_LISTENER, "state").asString()).isEqualTo("open");

        call("turn-away", SUBMISSION_LISTENER);
        assertThatThrownBy(() -> new Dialogue(Ports.SUBMISSION).close()).isInstanceOf(IOException.class);
        call("resume", SUBSYSTEM);
        new Dialogue(Ports.SMTP).close();
        new Dialogue(Ports.SUBMISSION).close();
    }

    @Test
    void aSessionIsSeenAndEnded() throws Exception {
        try (Dialogue dialogue = new Dialogue(Ports.SUBMISSION); Dialogue other = new Dialogue(Ports.SMTP)) {
            List<String> sessions = texts(call("sessions", SUBMISSION_LISTENER));
            assertThat(sessions).hasSize(1);
            assertThat(texts(call("sessions", SUBSYSTEM))).hasSize(2);
            ModelNode end = Operations.createOperation("end-session", SUBSYSTEM);
            end.get("id").set(sessions.get(0).split(" ")[0]);
            WILDFLY.execute(end);
            assertThat(dialogue.reply()).startsWith(LATER);
            assertThat(other.command("NOOP")).startsWith("250 ");
            end.get("id").set("nosuch");
            assertThatThrownBy(() -> WILDFLY.execute(end)).hasMessageContaining("There is no session nosuch");
        }
    }

    @Test
    void whatIsNotThereIsSaid() {
        ModelNode none = Operations.createAddress("subsystem", "smtp-ra", "listener", "127.0.0.1:1");
        assertThatThrownBy(() -> call("pause", none))
                .hasMessageStartingWith("No adapter listens at 127.0.0.1:1; there are ")
                .hasMessageContainingAll(SMTP, SUBMISSION);
        ModelNode ban = Operations.createOperation("ban", SUBSYSTEM);
        ban.get("client").set("nonsense");
        ban.get("minutes").set(1);
        assertThatThrownBy(() -> WILDFLY.execute(ban)).hasMessageContaining("'nonsense', allowed: an address");
        assertThatThrownBy(() -> call("set-limits", SUBSYSTEM)).hasMessageContaining("allowed: max-connections, ");

        WILDFLY.undeploy(Archives.RAR);
        assertThatThrownBy(() -> call("sessions", SUBSYSTEM)).hasMessageContaining("No adapter of smtp-ra");
        assertThat(lines("listeners")).isEmpty();
        assertThat(lines("bans")).isEmpty();
    }

    @Test
    void whoMayOnlyReadChangesNothing() {
        for (String operation : List.of("pause", "clear-bans", "reload-certificates", "flush-tls-sessions", "resume")) {
            assertThatThrownBy(() -> callAs("Monitor", operation)).hasMessageContaining("You may not do this");
        }
        assertThat(lines("listeners")).allMatch(line -> line.endsWith(" open"));
        callAs("Monitor", "sessions");
        callAs("Operator", "pause");
        assertThat(lines("listeners")).allMatch(line -> line.endsWith(" paused"));
    }

    @Test
    void steeringUnderLoadLosesNoMail() throws Exception {
        WILDFLY.table("SLOW (ID varchar(64) primary key)");
        WILDFLY.deploy(slow());
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, "a@example.com")) {
            for (int round = 0; round < 3; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                call("turn-away", SMTP_LISTENER);
                call("resume", SUBSYSTEM);
                call("flush-tls-sessions", SUBSYSTEM);
                call("pause", SUBSYSTEM);
                assertThatThrownBy(() -> new Socket(Ports.LOOPBACK, Ports.SMTP).close())
                        .isInstanceOf(IOException.class);
                call("resume", SMTP_LISTENER);
                load.awaitDelivered(CONNECTIONS);
                assertThat(call("drain", SUBSYSTEM).asInt()).isZero();
                call("resume", SUBSYSTEM);
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            checkKept(load);
        }
    }

    @Test
    void aDrainWaitsForTheLastMailAndKeepsNobodyElseWaiting() throws Exception {
        WILDFLY.table(Outcomes.TABLE);
        WILDFLY.deploy(Archives.beans("held.jar", Archives.RAR, Map.of("recipients", "*@example.com"), HeldBean.class));
        MailsInBean mails = new MailsInBean(held, Ports.SMTP);
        List<CompletableFuture<String>> replies = mails.send(1, "a@example.com");
        mails.await(1);
        ModelNode drain = Operations.createOperation("drain", SMTP_LISTENER);
        drain.get("seconds").set(60);
        CompletableFuture<ModelNode> left = CompletableFuture.supplyAsync(() -> WILDFLY.execute(drain));
        Await.until("the port to be closed",
                () -> attribute(SMTP_LISTENER, "state").asString().equals("paused"));
        WILDFLY.property("smtpra.set.meanwhile", "true");
        assertThat(left).isNotDone();

        mails.letGo();
        assertThat(replies.get(0).get(60, TimeUnit.SECONDS)).startsWith("250 ");
        assertThat(left.get(60, TimeUnit.SECONDS).asInt()).isZero();
    }

    @Test
    void aServerThatIsSuspendedLetsMailsBeFinished() throws Exception {
        WILDFLY.table("SLOW (ID varchar(64) primary key)");
        WILDFLY.deploy(slow());
        call("pause", SUBMISSION_LISTENER);
        try (Dialogue sending = new Dialogue(Ports.SMTP); Dialogue idle = new Dialogue(Ports.SMTP)) {
            sending.command("MAIL FROM:<author@example.org>");
            sending.command("RCPT TO:<a@example.com>");
            assertThat(sending.command("DATA")).startsWith("354 ");
            CompletableFuture<ModelNode> suspended = CompletableFuture.supplyAsync(() -> WILDFLY.execute(suspend()));
            assertThat(idle.reply()).startsWith(LATER);
            assertThat(greeting()).startsWith(LATER);
            assertThat(suspended).isNotDone();

            assertThat(sending.command("Subject: in time\r\n\r\ntext\r\n.")).startsWith("250 2.0.0 ");
            assertThat(sending.reply()).startsWith(LATER);
            suspended.get(30, TimeUnit.SECONDS);
        } finally {
            WILDFLY.execute(Operations.createOperation("resume"));
        }
        assertThat(WILDFLY.query("select ID from SLOW")).hasSize(1);
        assertThat(attribute(SMTP_LISTENER, "state").asString()).isEqualTo("open");
        assertThat(attribute(SUBMISSION_LISTENER, "state").asString()).isEqualTo("paused");
    }

    @Test
    void whoTakesTooLongIsNotWaitedFor() throws Exception {
        ModelNode write = Operations.createWriteAttributeOperation(SUBSYSTEM, "suspend-timeout", 1);
        WILDFLY.execute(write, Operations.createUndefineAttributeOperation(SUBSYSTEM, "suspend-timeout"));
        try (Dialogue sending = new Dialogue(Ports.SMTP)) {
            sending.command("MAIL FROM:<>");
            WILDFLY.execute(suspend());
            assertThat(attribute(new ModelNode().setEmptyList(), "suspend-state").asString()).isEqualTo("SUSPENDED");
        } finally {
            WILDFLY.execute(Operations.createOperation("resume"));
        }
        new Dialogue(Ports.SMTP).close();
    }

    @Test
    void suspensionUnderLoadLosesNoMail() throws Exception {
        WILDFLY.table("SLOW (ID varchar(64) primary key)");
        WILDFLY.deploy(slow());
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, "a@example.com")) {
            for (int round = 0; round < 3; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                WILDFLY.execute(suspend());
                WILDFLY.execute(Operations.createOperation("resume"));
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            checkKept(load);
        }
    }

    /** What who connects hears first. */
    private static String greeting() throws IOException {
        try (Socket socket = new Socket(Ports.LOOPBACK, Ports.SMTP);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return in.readLine();
        }
    }

    private static ModelNode suspend() {
        ModelNode suspend = Operations.createOperation("suspend");
        suspend.get("suspend-timeout").set(30);
        return suspend;
    }

    private static void checkKept(Load load) {
        List<String> kept = WILDFLY.query("select ID from SLOW").stream().map(row -> row.get("ID")).toList();
        assertThat(kept).containsExactlyInAnyOrderElementsOf(load.delivered());
        assertThat(load.refused()).allMatch(reply -> reply.startsWith("4"));
    }

    private static ModelNode call(String operation, ModelNode address) {
        return WILDFLY.execute(Operations.createOperation(operation, address));
    }

    private static void callAs(String role, String operation) {
        ModelNode call = Operations.createOperation(operation, SUBSYSTEM);
        call.get("operation-headers", "roles").set(role);
        WILDFLY.execute(call);
    }

    private static ModelNode attribute(ModelNode address, String name) {
        return WILDFLY.execute(Operations.createReadAttributeOperation(address, name));
    }

    private static List<String> lines(String attribute) {
        return texts(attribute(SUBSYSTEM, attribute));
    }

    private static List<String> texts(ModelNode list) {
        return list.asList().stream().map(ModelNode::asString).toList();
    }

    private static JavaArchive slow() {
        return Archives.beans("slow.jar", Archives.RAR, Map.of("recipients", "*@example.com"), SlowBean.class)
                .addClass(SlowMail.class)
                .addAsManifestResource(new StringAsset("""
                        <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                          <persistence-unit name="slow"/>
                        </persistence>
                        """), "persistence.xml");
    }
}
