package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.MailListener;
import io.smtpra.event.SmtpEventListener;
import io.smtpra.it.app.EventBridge;
import io.smtpra.it.app.EventObserver;
import io.smtpra.it.app.InboxBean;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who hears of events: beans, observers, the log. docs/events.md. */
@ExtendWith(ArquillianExtension.class)
class EventsIT {

    private static final Document DOCUMENT = Document.read("events.md");

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @Test
    void aBeanHearsOfASessionInItsOrderAndObserversOfWhatTheyAskFor() throws Exception {
        WILDFLY.table("INBOX (ID varchar(64), SUBJECT varchar(998))");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.beans("inbox.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                InboxBean.class));
        WILDFLY.deploy(listener(Map.of()));

        String reply = Mails.send(
                Mails.message("you@example.org", "inbox@example.com", "Hello", "text"), Mails.StartTls.REQUIRED);
        String id = reply.substring(reply.lastIndexOf(' ') + 1);

        String ended = WILDFLY.log().await("observed by all: session-ended");
        String session = ended.substring(ended.lastIndexOf(' ') + 1);
        assertThat(WILDFLY.log().lines()).filteredOn(line -> line.contains("observed by all") && line.endsWith(session))
                .extracting(line -> line.replaceAll(".*observed by all: (\\S+) .*", "$1"))
                .containsExactly("connection-opened", "tls-established", "mail-accepted", "session-ended");
        assertThat(WILDFLY.log().lines()).filteredOn(line -> line.contains("observed by accepted"))
                .singleElement().asString().contains("mail-accepted " + id + " <");
        assertThat(WILDFLY.log().lines()).filteredOn(line -> line.contains("the bridge hears")).hasSize(4)
                .allMatch(line -> line.contains("class loader: true, with java:comp: true"))
                .noneMatch(line -> line.contains("smtp-ra-io"));
        WILDFLY.undeploy("events.jar");
        assertThat(WILDFLY.log().await("hears of no events any more")).contains("EventBridge");
    }

    @Test
    void aBeanHearsOfTheKindsThatItNames() throws Exception {
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(listener(Map.of("kinds", "recipient-refused", "listeners", "smtp")));

        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            dialogue.command("MAIL FROM:<a@example.org>");
            assertThat(dialogue.command("RCPT TO:<b@elsewhere.test>")).matches("[45]5.*");
        }

        WILDFLY.log().await("observed by all: recipient-refused");
        assertThat(WILDFLY.log().lines()).filteredOn(line -> line.contains("observed by all")).hasSize(1);
    }

    @Test
    void aBadPropertyFailsTheDeployment() throws Exception {
        WILDFLY.deploy(Archives.rar());

        assertThat(WILDFLY.deployInVain(listener(Map.of("kinds", "mail-accepted, mail-lost", "queueSize", "0"))))
                .contains("'kinds' is 'mail-lost', allowed: authenticated, ", "'queueSize' is '0', allowed: 1 to 1000000");
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    @Test
    void eachEventIsALineOfJsonWhereTheAdministratorSaysSo() throws Exception {
        WILDFLY.script(DOCUMENT.script("## As lines of JSON"), ending());
        WILDFLY.deploy(Archives.rar());

        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            dialogue.command("MAIL FROM:<a@example.org>");
            dialogue.command("RCPT TO:<\"b\\\"\\\\ c\"@elsewhere.test>");
            dialogue.command("QUIT");
        }

        Await.until("three lines", () -> events().size() == 3);
        List<JsonObject> events = events();
        assertThat(events).extracting(event -> event.getString("event"))
                .containsExactly("connection-opened", "recipient-refused", "session-ended");
        assertThat(events.get(1).getString("recipient")).isEqualTo("\"b\\\"\\\\ c\"@elsewhere.test");
        assertThat(events.get(1).getJsonObject("peer").getString("address")).isEqualTo(Ports.LOOPBACK);
        assertThat(events.get(2).getString("cause")).isEqualTo("quit");
        assertThat(WILDFLY.log().lines()).noneMatch(line -> line.contains("connection-opened"));
    }

    private static List<JsonObject> events() {
        try {
            Path file = Path.of(System.getProperty("it.wildfly"), "standalone", "log", "mail-events.json");
            return Files.readAllLines(file).stream()
                    .map(line -> Json.createReader(new StringReader(line)).readObject()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The second block below the heading. */
    private static Path ending() throws IOException {
        String commands = DOCUMENT.blocks("").stream().map(Document.Block::text)
                .filter(text -> text.contains(":remove")).findFirst().orElseThrow();
        Path script = Files.createTempFile("events", ".cli");
        script.toFile().deleteOnExit();
        return Files.writeString(script, commands);
    }

    private static JavaArchive listener(Map<String, String> properties) {
        return ShrinkWrap.create(JavaArchive.class, "events.jar")
                .addClasses(EventBridge.class, EventObserver.class)
                .addAsManifestResource(new StringAsset("Dependencies: deployment.smtp-ra.rar\n"), "MANIFEST.MF")
                .addAsManifestResource(new StringAsset(
                        Archives.descriptor(Archives.RAR, properties, EventBridge.class.getName())
                                .replace(MailListener.class.getName(), SmtpEventListener.class.getName())),
                        "jboss-ejb3.xml");
    }
}
