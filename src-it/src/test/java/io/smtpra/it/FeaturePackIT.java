package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.it.app.MailerServlet;
import io.smtpra.it.app.PlainBean;
import io.smtpra.it.app.QueueObserver;
import io.smtpra.it.app.QueueServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.Property;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server provisioned with the layers {@code smtp-ra}, {@code smtp-ra-queue} and {@code smtp-ra-mailbox}, and
 * applications that have no jar and no name of ours in them.
 */
class FeaturePackIT {

    /** The mailbox that is a layer of this server leaves the mail of other domains to the beans of a test. */
    static final String MAILBOX_ASIDE = "-Dsmtpra.inbound.recipients=*@mailbox.example.com";

    private static final Path HOME = Path.of(System.getProperty("it.wildfly.with.layer"));
    private static final int SUBMISSION = CrashingServer.freePort();
    private static final String[] OPTIONS = {
        "-Dsmtpra.relay.port=" + Ports.RELAY,
        "-Dsmtpra.ssl.context=applicationSSC",
        "-Dsmtpra.submission.port=" + SUBMISSION,
        "-Dsmtpra.security.domain=ApplicationDomain",
        MAILBOX_ASIDE,
        "-Dsmtpra.queue.poll.interval=1s"};
    private static final Pattern TABLE = Pattern.compile("<!-- table of (\\w+) -->(.*?)<!-- end of table -->", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)`");
    private static CrashingServer server;
    private SmtpPeer peer;

    @BeforeAll
    static void startTheServer() throws Exception {
        server = new CrashingServer("with-layer", HOME);
        addUser(MailUsers.ALICE, MailUsers.ALICES_PASSWORD);
        addUser(MailboxUsers.MONA, MailboxUsers.MONAS_PASSWORD, "-g", "mail-user,mail-admin");
        server.start(OPTIONS);
        server.deploy(ShrinkWrap.create(JavaArchive.class, "plain.jar").addClass(PlainBean.class));
        server.deploy(Archives.look());
        server.query("create table queue_events (mail bigint, kind varchar(20), recipient varchar(200))");
        server.deploy(ShrinkWrap.create(WebArchive.class, "shop.war")
                .addClasses(QueueServlet.class, QueueObserver.class, MailerServlet.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml"));
    }

    private static void addUser(String name, String password, String... more) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/add-user.sh").toString(),
                "-a", "-s", "-sc", HOME.resolveSibling("with-layer").resolve("configuration").toString(),
                "-u", name, "-p", password));
        command.addAll(List.of(more));
        Tool.Outcome outcome = Tool.run(Duration.ofMinutes(1), command);
        assertThat(outcome.status()).as(outcome.output()).isZero();
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

    /** The layer brings the subsystem; all else of it is tried in SteeringCliIT. */
    @Test
    void theSubsystemSteersTheAdapter() throws Exception {
        ModelNode subsystem = Operations.createAddress("subsystem", "smtp-ra");
        ModelNode listener = Operations.createAddress(
                "subsystem", "smtp-ra", "listener", Ports.LOOPBACK + ":" + server.smtpPort());
        assertThat(server.ask(Operations.createReadAttributeOperation(subsystem, "listeners")).asList()).hasSize(2);
        assertThat(server.ask(Operations.createReadAttributeOperation(subsystem, "suspend-timeout")).asString())
                .isEqualTo("${smtpra.suspend.timeout:20}");
        server.ask(Operations.createOperation("pause", listener));
        assertThatThrownBy(() -> new Socket(Ports.LOOPBACK, server.smtpPort()).close()).isInstanceOf(IOException.class);
        server.ask(Operations.createOperation("resume", subsystem));
        new Dialogue(server.smtpPort()).close();
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

    @Test
    void everyPropertyOfTheAdapterCanBeSetByASystemProperty() throws Exception {
        assertThat(properties()).allSatisfy((name, value) -> assertThat(value).startsWith("${smtpra."));
        assertThat(properties().keySet()).isEqualTo(documented("SmtpResourceAdapter"));
        // a module binds no Session itself: the layer has it bound by the naming subsystem
        Set<String> relay = documented("SmtpManagedConnectionFactory");
        relay.remove("sessionJndiName");
        assertThat(properties("connection-definitions", "smtp-relay").keySet()).isEqualTo(relay);
        assertThat(properties("connection-definitions", "smtp-relay"))
                .allSatisfy((name, value) -> assertThat(value).startsWith("${smtpra."));
    }

    @Test
    void theEntryCanBeSetByASystemPropertyToo() throws Exception {
        ModelNode entry = server.ask(Operations.createReadResourceOperation(Operations.createAddress("subsystem",
                "resource-adapters", "resource-adapter", "smtp-ra")));
        assertThat(entry.get("bootstrap-context").asString()).isEqualTo("${smtpra.bootstrap.context:default}");
        assertThat(entry.get("statistics-enabled").asString()).isEqualTo("${smtpra.statistics.enabled:true}");
        assertThat(entry.get("wm-security").asBoolean()).isTrue();
        assertThat(entry.get("wm-elytron-security-domain").asString())
                .isEqualTo("${smtpra.security.domain:ApplicationDomain}");
    }

    private static Map<String, String> properties(String... address) throws IOException {
        ModelNode operation = Operations.createOperation("read-children-resources",
                Operations.createAddress(Stream.concat(Stream.of("subsystem", "resource-adapters", "resource-adapter",
                        "smtp-ra"), Stream.of(address)).toArray(String[]::new)));
        operation.get("child-type").set("config-properties");
        return server.ask(operation).asPropertyList().stream()
                .collect(Collectors.toMap(Property::getName, each -> each.getValue().get("value").asString()));
    }

    private static Set<String> documented(String table) {
        String rows = TABLE.matcher(Document.read("configuration.md").text()).results()
                .filter(found -> found.group(1).equals(table)).findFirst().orElseThrow().group(2);
        return ROW.matcher(rows).results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void anApplicationWithoutAJarOfOursSendsThroughTheServersQueue() throws Exception {
        String lost = shop("queue?do=enqueue&to=nobody@example.org&subject=Regretted&end=rollback");
        String id = shop("queue?do=enqueue&to=customer@example.org&subject=Ordered");

        assertThat(peer.awaitMail().content()).contains("Subject: Ordered");
        Await.until("the record of it", () -> shop("queue?do=find&id=" + id).equals("customer@example.org SENT 250"));
        assertThat(shop("queue?do=find&id=" + lost)).as("its transaction was the application's").isEqualTo("none");
        assertThat(peer.mails()).hasSize(1);
    }

    @Test
    void theApplicationHearsWhatBecameOfItsMail() throws Exception {
        String id = shop("queue?do=enqueue&to=customer@example.org&subject=Heard");
        Await.until("the record of it", () -> shop("queue?do=find&id=" + id).equals("customer@example.org SENT 250"));

        assertThat(server.query("select kind, recipient from queue_events where mail = " + id))
                .as("committed with the record").containsExactly(Map.of("KIND", "sent", "RECIPIENT", "customer@example.org"));
    }

    @Test
    void aMailerIsInjectedAndKnowsTheQueue() throws Exception {
        assertThat(shop("mail?how=send")).isEqualTo("SENT");
        assertThat(peer.awaitMail().content()).contains("From: =?UTF-8?");
        String id = shop("mail?how=queue");

        Await.until("the record of it", () -> shop("queue?do=find&id=" + id).contains("reader@example.org SENT 250"));
    }

    @Test
    void theMailboxShowsWhatCameInAndAnswersIt() throws Exception {
        MailboxClient mona = new MailboxClient(server.httpPort());
        assertThat(mona.get("api/mails").statusCode()).isEqualTo(401);
        assertThat(mona.logIn(MailboxUsers.MONA, MailboxUsers.MONAS_PASSWORD).statusCode()).isEqualTo(302);
        assertThat(mona.get("index.html").body()).contains("<title>");
        assertThat(Mails.send(Mails.message("you@example.org", "inbox@mailbox.example.com", "Layered", "Kept"),
                server.smtpPort())).startsWith("250 2.0.0");

        String id = mona.await("layered").getString("id");
        assertThat(mona.change("POST", "api/mails/" + id + "/answer", "{\"text\":\"Thanks\",\"all\":false}").statusCode())
                .isEqualTo(202);
        assertThat(peer.awaitMail().content()).contains("Subject: Re: Layered", "Thanks");
        assertThat(peer.awaitMail().recipients()).containsExactly("you@example.org");
        assertThat(mona.json("api/queue").getJsonArray("mails").toString()).contains("Re: Layered");
    }

    @Test
    void whatWaitsInTheQueueIsSentAfterTheServerWasKilled() throws Exception {
        String id = shop("queue?do=enqueue&to=patient@example.org&subject=Late&later=20");
        server.kill();
        assertThat(peer.mails()).isEmpty();
        server.start(OPTIONS);

        assertThat(peer.awaitMail().content()).contains("Subject: Late");
        Await.until("the record of it", () -> shop("queue?do=find&id=" + id).equals("patient@example.org SENT 250"));
        assertThat(peer.mails()).hasSize(1);
    }

    /** What the application with the queue servlet answers. */
    private static String shop(String query) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://" + Ports.LOOPBACK + ":"
                    + server.httpPort() + "/shop/" + query)).POST(BodyPublishers.noBody()).build(),
                    BodyHandlers.ofString()).body().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
