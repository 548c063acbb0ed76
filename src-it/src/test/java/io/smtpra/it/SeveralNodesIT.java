package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.PostgreSqlSource;
import io.smtpra.it.app.QueueServlet;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

/** Two nodes: one queue in one PostgreSQL, and HAProxy before both. */
class SeveralNodesIT {

    private static final int MAILS = 2_000;
    private static final int THREADS = 4;
    private static final int KILLS = 3;
    private static final int BATCH = 50;
    private static final int WORKERS = 2;
    private static final int CONNECTIONS = 6;
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String SETTINGS = """
            data.source=java:app/jdbc/pg
            create.tables=true
            poll.interval=500ms
            batch=%d
            workers.per.factory=%d
            lease=10s
            send.timeout=4s
            retry.first=1s
            retry.longest=2s
            """.formatted(BATCH, WORKERS);

    private static PostgreSql database;
    private static CrashingServer one;
    private static CrashingServer two;

    @BeforeAll
    static void start() throws Exception {
        ClientTool.require("haproxy");
        database = PostgreSql.start();
        one = new CrashingServer("one");
        two = new CrashingServer("two");
        for (CrashingServer node : List.of(one, two)) {
            start(node);
            node.deploy(Archives.look());
            node.query("create table " + Outcomes.TABLE);
            node.deploy(Archives.rar());
            node.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                    OutcomeBean.class));
            node.deploy(application());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable running : Stream.of(one, two, database).filter(any -> any != null).toList()) {
            running.close();
        }
    }

    @Test
    void everyMailArrivesThoughANodeIsKilledAndTheNextHopIsAway() throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Thread> applications = new ArrayList<>();
        SmtpPeer first = SmtpPeer.plain();
        List<SmtpPeer.Received> taken = new ArrayList<>();
        try {
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> enqueueAll(next));
                thread.setDaemon(true);
                thread.start();
                applications.add(thread);
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int reached = kill * MAILS / (KILLS + 2);
                Await.until(reached + " mails in the queue", LONG, () -> next.get() >= reached);
                two.kill();
                if (kill == 2) {
                    first.close();
                    taken.addAll(first.mails());
                }
                start(two);
            }
        } finally {
            first.close();
        }
        try (SmtpPeer second = SmtpPeer.plain()) {
            for (Thread application : applications) {
                application.join(LONG.toMillis());
            }
            Await.until("the queue to be empty", LONG, () -> waiting() == 0);
            taken.addAll(second.mails());
        }
        Map<String, Long> arrived = taken.stream().collect(Collectors.groupingBy(
                mail -> mail.content().lines().filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow(),
                Collectors.counting()));
        assertThat(arrived).hasSize(MAILS);
        long doubles = arrived.values().stream().mapToLong(count -> count - 1).sum();
        assertThat(doubles).as("no more than what was being sent at a kill, or when the next hop went")
                .isLessThanOrEqualTo((long) (KILLS + 1) * WORKERS * BATCH);
        assertThat(database.query("select state || ' ' || count(*) from smtpra_queue_recipient group by state"))
                .containsExactly("SENT " + MAILS);
        assertThat(database.log()).doesNotContain("deadlock");
    }

    @Test
    void aNodeIsTakenOutWhileMailComesInThroughTheBalancer() throws Exception {
        try (HaProxy balancer = new HaProxy(one.smtpPort(), two.smtpPort())) {
            balancer.awaitUp("one");
            balancer.awaitUp("two");
            Load load = new Load(balancer.port(), CONNECTIONS, "a@one.example.com");
            load.awaitDelivered(100);
            balancer.command("set server smtp-ra/two state drain");
            two.shutDown();
            load.awaitDelivered(100);
            load.stop();
            start(two);
            assertThat(load.refused()).allSatisfy(reply -> assertThat(reply).startsWith("4"));
            Set<String> kept = new HashSet<>();
            for (CrashingServer node : List.of(one, two)) {
                node.query("select ID from OUTCOME").forEach(row -> kept.add(row.get("ID")));
            }
            assertThat(kept).containsAll(load.delivered());
        }
    }

    private static void start(CrashingServer node) throws IOException {
        node.start("-Dit.pg.url=" + database.url(),
                "-Dsmtpra.relay.port=" + Ports.RELAY,
                "-Dsmtpra.proxy.protocol=required",
                "-Dsmtpra.proxy.networks=127.0.0.0/8");
    }

    private static WebArchive application() throws Exception {
        File driver = new File(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Archives.queue("queue.war", SETTINGS, QueueServlet.class, PostgreSqlSource.class).addAsLibrary(driver);
    }

    /**
     * As an application does that does not know whether its request was carried out: it asks again with the same key.
     */
    private static void enqueueAll(AtomicInteger next) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        for (int number = next.getAndIncrement(); number < MAILS; number = next.getAndIncrement()) {
            boolean done = false;
            for (int attempt = number; !done && !Thread.currentThread().isInterrupted(); attempt++) {
                done = enqueue(client, attempt % 2 == 0 ? one : two, number);
            }
        }
    }

    private static boolean enqueue(HttpClient client, CrashingServer node, int number) {
        URI uri = URI.create("http://" + Ports.LOOPBACK + ":" + node.httpPort() + "/queue/queue?do=enqueue&to=customer"
                + "@example.org&subject=Order" + number + "&key=order-" + number);
        try {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200 && answer.body().strip().matches("\\d+")) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(20);
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int waiting() {
        return Integer.parseInt(database.query("select count(*) from smtpra_queue_mail where ended_at is null").get(0));
    }
}
