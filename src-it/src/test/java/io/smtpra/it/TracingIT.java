package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.QueueingBean;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lost mail is found by the commands of docs/tracing.md, as they stand there. */
@ExtendWith(ArquillianExtension.class)
class TracingIT {

    private static final Document DOCUMENT = Document.read("tracing.md");
    private static final Duration BOUND = Duration.ofSeconds(20);

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    private SmtpPeer peer;

    @BeforeEach
    void deploy() throws Exception {
        peer = SmtpPeer.plain();
        WILDFLY.deploy(Archives.rar());
        WILDFLY.dropQueue();
        WILDFLY.deploy(Archives.queue("trace.war", "create.tables=true\npoll.interval=200ms\n", QueueingBean.class)
                .addAsWebInfResource(new StringAsset(Archives.descriptor(Archives.RAR,
                        Map.of("recipients", "*@example.com"), QueueingBean.class.getName())), "jboss-ejb3.xml"));
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
    }

    @Test
    void threeCommandsLeadFromTheMessageIdToTheReplyOfTheNextHop() throws Exception {
        peer.answering("RCPT TO:<customer@example.org>", "550 5.1.1 no such user");
        String messageId = "<lost-" + System.nanoTime() + "@example.org>";
        send(messageId);
        WILDFLY.log().await("550 5\\.1\\.1 no such user");
        List<String> commands = DOCUMENT.blocks("sh").stream().map(Document.Block::text).toList();
        assertThat(commands).hasSize(3);

        String mail = found(commands.get(0).replace("<1234@example.org>", messageId), "mail id=(\\S+)");
        String queued = found(commands.get(1).replace("MIC3JBKX-0A1B2C3D4E5F", mail), "mail queued=(\\d+)");
        found(commands.get(2).replace("17", queued), "(550 5\\.1\\.1 no such user)");
    }

    @Test
    void theIdsAreOnEveryLine() throws Exception {
        showTheContext();
        send("<seen-" + System.nanoTime() + "@example.org>");
        Await.until("the mail", () -> peer.mails().size() == 1);

        String received = WILDFLY.log().await(" mail id=");
        String session = group(received, "session=(\\S+)");
        String mail = group(received, "mail id=(\\S+)");
        assertThat(received).contains("[" + session + " " + mail + "  ]");
        assertThat(WILDFLY.log().await("the bean is called")).contains("[" + session + " " + mail + "  ]");
        String put = WILDFLY.log().await("mail queued=");
        assertThat(put).contains("[" + session + " " + mail + "  ]");
        String queued = group(put, "queued=(\\d+)");
        String sent = WILDFLY.log().await(" queued=" + queued + "$");
        assertThat(sent).contains("[  " + queued + " " + group(sent, "SMTPRA\\d{4}: (\\S+) to ") + "]");
    }

    private static void send(String messageId) throws Exception {
        MimeMessage message = Mails.message("you@example.org", "shop@example.com", "Hello", "text");
        message.setHeader("Message-ID", messageId);
        assertThat(Mails.send(message, Mails.StartTls.NEVER)).startsWith("250 2.0.0");
    }

    /** Runs a command in the directory of the server's log, and finds something in what it says. */
    private static String found(String command, String regex) throws IOException {
        Path script = Files.createTempFile("tracing", ".sh");
        script.toFile().deleteOnExit();
        Files.writeString(script, "cd " + Path.of(System.getProperty("it.wildfly"), "standalone", "log") + "\n" + command);
        Tool.Outcome outcome = Tool.run(BOUND, List.of("sh", script.toString()));
        assertThat(outcome.status()).as(command).isZero();
        return group(outcome.output(), regex);
    }

    private static String group(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).as("%s in %s", regex, text).isTrue();
        return matcher.group(1);
    }

    private static void showTheContext() throws IOException {
        ModelNode formatter = Operations.createAddress("subsystem", "logging", "pattern-formatter", "PATTERN");
        String before = WILDFLY.execute(Operations.createReadAttributeOperation(formatter, "pattern")).asString();
        Path undoing = Files.createTempFile("pattern", ".cli");
        undoing.toFile().deleteOnExit();
        Files.writeString(undoing, "/subsystem=logging/pattern-formatter=PATTERN:write-attribute(name=pattern,value=\""
                + before + "\")\n");
        WILDFLY.script(DOCUMENT.script("## On every line"), undoing);
    }
}
