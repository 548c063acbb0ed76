package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.QueueObserver;
import io.smtpra.it.app.QueueServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The durable outbound queue in a web application of a real server, on its default datasource. */
@ExtendWith(ArquillianExtension.class)
class QueueIT {

    private static final String SETTINGS = "create.tables=true\npoll.interval=200ms\nreturn.path=bounce@example.com\n";
    private static final String QUEUE_BEANS = "io.smtpra:type=MailQueue,*";

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    private SmtpPeer peer;

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.deploy(Archives.rar());
        WILDFLY.table("queue_events (mail bigint, kind varchar(20), recipient varchar(200))");
    }

    @BeforeEach
    void open() throws Exception {
        peer = SmtpPeer.plain();
        WILDFLY.dropQueue();
        WILDFLY.query("delete from queue_events");
        WILDFLY.deploy(application());
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @Test
    void aCommitSendsAtOnceAndTheEventIsInTheTransactionOfItsRecord() {
        String id = enqueue("to=customer@example.org&subject=Order");
        Await.until("the mail", () -> peer.mails().size() == 1);
        SmtpPeer.Received mail = peer.mails().get(0);
        assertThat(mail.from()).startsWith("bounce+");
        assertThat(mail.recipients()).containsExactly("customer@example.org");
        assertThat(mail.content()).contains("Subject: Order").contains("Date: ")
                .containsPattern("Message-ID: <[^>@]+@[^>]+>").doesNotContain("secret@example.net");
        // set after the message had been saved, which had given it its Message-ID
        assertThat(mail.content()).contains("Content-Type: text/html; charset=UTF-8")
                .contains("Content-Transfer-Encoding: quoted-printable")
                .contains("<b>It has been sent: sch=C3=B6n</b>");
        await(id, "customer@example.org SENT 250");
        assertThat(WILDFLY.query("select kind, recipient from queue_events where mail = " + id))
                .containsExactly(Map.of("KIND", "sent", "RECIPIENT", "customer@example.org"));
    }

    @Test
    void aRollbackLeavesNothing() {
        String id = enqueue("to=customer@example.org&subject=Order&end=rollback");
        assertThat(ask("do=find&id=" + id)).containsExactly("none");
        enqueue("to=customer@example.org&subject=Second");
        Await.until("the second mail", () -> peer.mails().size() == 1);
        assertThat(peer.mails().get(0).content()).contains("Subject: Second");
    }

    @Test
    void whatIsNotTakenIsDeferredAndWhatIsRefusedIsBounced() {
        peer.answering("RCPT TO:<late@example.org>", "451 4.2.2 full");
        peer.answering("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        String id = enqueue("to=customer@example.org&to=late@example.org&to=nobody@example.org&subject=Order");
        await(id, "customer@example.org SENT 250", "late@example.org WAITING 451", "nobody@example.org BOUNCED 550");
        assertThat(WILDFLY.query("select kind, recipient from queue_events where mail = " + id)).hasSize(3);
        peer.taking("RCPT TO:<late@example.org>");
        assertThat(ask("do=retry&id=" + id)).containsExactly("true");
        await(id, "customer@example.org SENT 250", "late@example.org SENT 250", "nobody@example.org BOUNCED 550");
        assertThat(peer.mails()).filteredOn(mail -> !mail.from().isEmpty()).extracting(SmtpPeer.Received::recipients)
                .containsExactly(List.of("customer@example.org"), List.of("late@example.org"));
    }

    @Test
    void aNextHopThatIsAwayCostsNobodyAMail() throws Exception {
        peer.close();
        String id = enqueue("to=customer@example.org&subject=Order");
        await(id, "customer@example.org WAITING 451");
        assertThat(WILDFLY.bean(QUEUE_BEANS, "Factories").get(0)).contains("1 waiting").contains("failed 1 times");
        peer = SmtpPeer.plain();
        assertThat(WILDFLY.bean(QUEUE_BEANS, "resumeAll()")).containsExactly("all go on");
        assertThat(ask("do=retry&id=" + id)).containsExactly("true");
        await(id, "customer@example.org SENT 250");
    }

    @Test
    void anAdministratorPausesAndResumes() {
        enqueue("to=first@example.org&subject=First");
        Await.until("the first mail", () -> peer.mails().size() == 1);
        WILDFLY.bean(QUEUE_BEANS, "pauseAll()");
        String id = enqueue("to=customer@example.org&subject=Order");
        assertThat(WILDFLY.bean(QUEUE_BEANS, "Factories").get(0)).contains("paused");
        assertThat(ask("do=find&id=" + id)).containsExactly("customer@example.org WAITING -");
        WILDFLY.bean(QUEUE_BEANS, "resumeAll()");
        await(id, "customer@example.org SENT 250");
    }

    /** The commands of docs/queue.md. */
    @Test
    void anAdministratorPausesByTheCommandLine(@TempDir Path directory) throws Exception {
        enqueue("to=first@example.org&subject=First");
        Await.until("the first mail", () -> peer.mails().size() == 1);
        WILDFLY.script(script(directory, "pause.cli",
                        "/system-property=smtpra.queue.paused:add(value=\"java:/smtp/relay\")",
                        "/system-property=smtpra.queue.paused:write-attribute(name=value, value=\"*\")",
                        "/subsystem=logging/log-file=server.log:read-log-file(lines=20, tail=true)",
                        "/subsystem=logging/logger=io.smtpra.queue:add(level=DEBUG)"),
                script(directory, "undo.cli", "/subsystem=logging/logger=io.smtpra.queue:remove"));
        Await.until("it to be known", () -> WILDFLY.bean(QUEUE_BEANS, "Factories").get(0).contains("paused"));
        // the look at the queue takes it over, some time within an interval of it
        Await.until("nothing to be sent any more", () -> {
            String id = enqueue("to=customer@example.org&subject=Order");
            return ask("do=find&id=" + id).equals(List.of("customer@example.org WAITING -"));
        });
        Cli.run(script(directory, "resume.cli", "/system-property=smtpra.queue.paused:remove"));
        Await.until("all to be sent", () -> WILDFLY.bean(QUEUE_BEANS, "Waiting").get(0).equals("0"));
    }

    @Test
    void whatWaitsOutlivesTheApplication() throws Exception {
        String id = enqueue("to=customer@example.org&subject=Order&later=3600");
        WILDFLY.undeploy("queue.war");
        WILDFLY.deploy(application());
        assertThat(ask("do=find&id=" + id)).containsExactly("customer@example.org WAITING -");
        assertThat(peer.mails()).isEmpty();
        assertThat(ask("do=retry&id=" + id)).containsExactly("true");
        await(id, "customer@example.org SENT 250");
    }

    @Test
    void aKeyIsSentOnceAndACancelledMailNever() {
        String cancelled = enqueue("to=customer@example.org&subject=Never&later=3600");
        assertThat(ask("do=cancel&id=" + cancelled)).containsExactly("true");
        assertThat(ask("do=cancel&id=" + cancelled)).containsExactly("false");
        String first = enqueue("to=customer@example.org&subject=Invoice&key=invoice-7");
        assertThat(enqueue("to=customer@example.org&subject=Invoice&key=invoice-7")).isEqualTo(first);
        await(first, "customer@example.org SENT 250");
        await(cancelled, "customer@example.org CANCELLED -");
        assertThat(peer.mails()).hasSize(1);
    }

    @Test
    void aLargeMailIsStreamedAndATooLargeOneRefused() {
        long octets = 76L * 400_000;
        String id = enqueue("to=customer@example.org&octets=" + octets);
        await(id, "customer@example.org SENT 250");
        assertThat(peer.mails().get(0).content().length()).isEqualTo((int) octets);
        assertThat(enqueue("to=customer@example.org&octets=" + 76L * 600_000))
                .contains("MailQueueException").contains("smtpra.queue.max.mail.size");
        assertThat(enqueue("to=customer@example.org&subject=x&route=java:/smtp/none"))
                .contains("There is no connection factory 'java:/smtp/none'");
    }

    @Test
    void aReportThatComesBackBouncesTheMail() throws Exception {
        String id = enqueue("to=customer@example.org&to=friend@example.org&subject=Order");
        await(id, "customer@example.org SENT 250", "friend@example.org SENT 250");
        String returnPath = peer.mails().get(0).from();
        assertThat(returnPath).startsWith("bounce+").endsWith("@example.com");
        assertThat(peer.commands()).anyMatch(line -> line.startsWith("MAIL FROM:<bounce+"));
        assertThat(report(returnPath.replaceFirst(".@", "!@"))).startsWith("250 ");
        WILDFLY.log().await("is a report of no mail of this queue, or made up");
        assertThat(report(returnPath)).startsWith("250 ");
        await(id, "customer@example.org BOUNCED 550", "friend@example.org SENT 250");
        assertThat(WILDFLY.query("select recipient from queue_events where kind = 'bounced' and mail = " + id))
                .containsExactly(Map.of("RECIPIENT", "customer@example.org"));
        Await.until("the report to be passed on", () -> peer.mails().size() == 2);
        assertThat(peer.mails().get(1).from()).isEmpty();
        assertThat(peer.mails().get(1).recipients()).containsExactly("shop@example.com");
    }

    @Test
    void aRefusalIsReportedToTheSender() {
        peer.answering("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        String id = enqueue("to=nobody@example.org&subject=Order");
        await(id, "nobody@example.org BOUNCED 550");
        Await.until("the report", () -> peer.mails().size() == 1);
        SmtpPeer.Received report = peer.mails().get(0);
        assertThat(report.from()).isEmpty();
        assertThat(report.recipients()).containsExactly("shop@example.com");
        assertThat(report.content()).contains("multipart/report").contains("Status: 5.1.1")
                .contains("Final-Recipient: rfc822; nobody@example.org");
    }

    @Test
    void aBadSettingFailsTheDeploymentWithOneMessage() {
        String message = WILDFLY.deployInVain(Archives.queue("bad.war", SETTINGS + "batch=0\nlease=soon\n",
                QueueServlet.class, QueueObserver.class));
        WILDFLY.log().await("'smtpra.queue.batch' is '0', allowed: a number from 1 to 1000; "
                + "'smtpra.queue.lease' is 'soon', allowed: ");
        assertThat(message).contains("bad.war");
    }

    private static Path script(Path directory, String name, String... commands) throws IOException {
        return Files.write(directory.resolve(name), List.of(commands));
    }

    private static WebArchive application() {
        return Archives.queue("queue.war", SETTINGS, QueueServlet.class, QueueObserver.class)
                .addAsWebInfResource(new StringAsset(Archives.descriptor(Archives.RAR,
                        Map.of("recipients", "bounce@example.com"), "io.smtpra.queue.bean.ReportListener")),
                        "jboss-ejb3.xml");
    }

    /** As another server sends it, to this server's own listener. */
    private static String report(String returnPath) throws Exception {
        return Dialogue.sendContent("", returnPath, """
                From: MAILER-DAEMON@mx.example.org
                Subject: Undelivered
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: text/plain

                Your mail could not be handed on.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org

                Final-Recipient: rfc822; customer@example.org
                Action: failed
                Status: 5.2.2
                Diagnostic-Code: smtp; 552 5.2.2 mailbox full

                --b--
                """.replace("\n", "\r\n"));
    }

    private static void await(String id, String... recipients) {
        Await.until("mail " + id + " to be " + List.of(recipients) + ", not " + ask("do=find&id=" + id),
                () -> ask("do=find&id=" + id).equals(List.of(recipients)));
    }

    private static String enqueue(String parameters) {
        return ask("do=enqueue&" + parameters).get(0);
    }

    private static List<String> ask(String query) {
        return WILDFLY.request("/queue/queue?" + query, "").lines().toList();
    }
}
