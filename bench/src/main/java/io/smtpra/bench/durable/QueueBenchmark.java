package io.smtpra.bench.durable;

import io.smtpra.bench.ServerProcess;
import io.smtpra.bench.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The outbound queue on PostgreSQL beside Postfix: mails of 4 KiB are put into the queue, a commit each, and sent to
 * smtp-sink; Postfix takes mails of the same size and relays them to the same sink, all on one disk with {@code fsync}.
 * And what a look at the queue costs when nothing is due. Arguments: the server's home, with the adapter deployed; a
 * working directory.
 */
public final class QueueBenchmark {

    private static final int THREADS = 8;
    private static final int MAILS = Integer.getInteger("bench.queue.mails", 16_000);
    private static final int POSTFIX_MAILS = Integer.getInteger("bench.queue.postfix.mails", 4_000);
    private static final int WARM_UP_MAILS = 4_000;
    private static final int WAITING = Integer.getInteger("bench.queue.waiting", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("bench.queue.rounds", 3);
    private static final Duration POLLING = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final Path home;
    private final Path work;
    private final PostgreSqlServer database;
    private final int sinkPort;

    private QueueBenchmark(Path home, Path work, PostgreSqlServer database, int sinkPort) {
        this.home = home;
        this.work = work;
        this.database = database;
        this.sinkPort = sinkPort;
    }

    /**
     * Runs the benchmark and prints tables.
     *
     * @param arguments the server's home and a working directory
     * @throws Exception if a server does not start or a mail does not arrive
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path work = Commands.emptyFolder(arguments[1]);
        int sinkPort = Servers.freePort();
        try (PostgreSqlServer database = new PostgreSqlServer();
                ServerProcess sink = ServerProcess.start(
                        List.of("smtp-sink", "-u", "nobody", "127.0.0.1:" + sinkPort, "1000"), Map.of(),
                        work.resolve("sink.log"), sinkPort)) {
            QueueBenchmark benchmark = new QueueBenchmark(home, work, database, sink.port());
            benchmark.throughput();
            benchmark.polls();
        }
    }

    private void throughput() throws Exception {
        System.out.println("| 4 KiB, a commit each, 8 threads | mails a second | WildFly µs | database µs | all µs |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        try (QueueNode one = start("one"); QueueNode two = start("two"); PostfixServer postfix =
                PostfixServer.relaying(sinkPort)) {
            one.server().warmUp(() -> whole(List.of(one), WARM_UP_MAILS));
            two.server().warmUp(() -> whole(List.of(two), WARM_UP_MAILS));
            List<Cost.OfMails> whole = new ArrayList<>();
            List<Cost.OfMails> reference = new ArrayList<>();
            List<Cost.OfMails> drainedByOne = new ArrayList<>();
            List<Cost.OfMails> drainedByTwo = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                drainedByOne.add(apart(List.of(one), List.of(two)));
                drainedByTwo.add(apart(List.of(one, two), List.of()));
                whole.add(print("through the queue, one node", whole(List.of(one), MAILS)));
                print("through the queue, two nodes", whole(List.of(one, two), MAILS));
                reference.add(relay(postfix));
            }
            double rate = median(whole, Cost.OfMails::mailsPerSecond)
                    / median(reference, Cost.OfMails::mailsPerSecond);
            double cpu = median(whole, Cost.OfMails::allMicros) / median(reference, Cost.OfMails::allMicros);
            double nodes = median(drainedByTwo, Cost.OfMails::mailsPerSecond)
                    / median(drainedByOne, Cost.OfMails::mailsPerSecond);
            System.out.printf("%nThrough the queue of one node beside Postfix, medians: %.1f times the mails a second"
                    + " (aim 4), %.2f of the CPU a mail (aim 0.25). Two nodes send %.2f times what one does"
                    + " (aim 1.15).%n%n", rate, cpu, nodes);
        }
    }

    private QueueNode start(String name, String... options) throws Exception {
        return QueueNode.start(home, work.resolve(name), database.url(), Stream.concat(
                Stream.of("-Dsmtpra.relay.host=127.0.0.1", "-Dsmtpra.relay.port=" + sinkPort),
                Stream.of(options)).toList());
    }

    /** First all into the queue, then all out of it; idle nodes send nothing. Gives the cost of the sending. */
    private Cost.OfMails apart(List<QueueNode> nodes, List<QueueNode> idle) throws Exception {
        empty();
        for (QueueNode node : List.of(nodes, idle).stream().flatMap(List::stream).toList()) {
            node.pause();
        }
        String name = nodes.size() == 1 ? "one node" : nodes.size() + " nodes";
        Cost in = Cost.of(cpus(nodes));
        enqueue(nodes, MAILS);
        print("into the queue, " + name, in.of(MAILS));
        Cost out = Cost.of(cpus(nodes));
        inParallel(nodes, QueueNode::resume);
        awaitEmpty();
        Cost.OfMails drained = print("out of the queue, " + name, out.of(MAILS));
        for (QueueNode node : idle) {
            node.resume();
        }
        return drained;
    }

    /** In and out at once, as it is in daily life; ends when the last mail has been sent. */
    private Cost.OfMails whole(List<QueueNode> nodes, int mails) throws Exception {
        empty();
        Cost cost = Cost.of(cpus(nodes));
        enqueue(nodes, mails);
        awaitEmpty();
        return cost.of(mails);
    }

    private Cost.OfMails relay(PostfixServer postfix) throws Exception {
        long before = postfix.sent();
        Cost cost = Cost.of(List.of(postfix::cpuMicros));
        Commands.run(List.of("smtp-source", "-s", Integer.toString(THREADS), "-m", Integer.toString(POSTFIX_MAILS),
                "-l", "4096", "-d", "-f", "a@example.org", "-t", "b@example.com", "127.0.0.1:" + postfix.port()));
        await(() -> postfix.sent() - before >= POSTFIX_MAILS);
        Cost.OfMails relayed = cost.of(POSTFIX_MAILS);
        System.out.printf("| through Postfix | %.0f | | | %.0f |%n", relayed.mailsPerSecond(), relayed.allMicros());
        return relayed;
    }

    private void enqueue(List<QueueNode> nodes, int mails) throws Exception {
        inParallel(nodes, node -> node.enqueue(THREADS / nodes.size(), mails / nodes.size()));
    }

    private List<Cost.Cpu> cpus(List<QueueNode> nodes) {
        return List.of(() -> {
            long sum = 0;
            for (QueueNode node : nodes) {
                sum += node.cpuMicros();
            }
            return sum;
        }, database::cpuMicros);
    }

    private void empty() throws Exception {
        database.execute("truncate smtpra_queue_mail, smtpra_queue_recipient, smtpra_queue_content");
    }

    private void awaitEmpty() throws Exception {
        await(() -> database.number("select count(*) from (select 1 from smtpra_queue_mail where next_at is not null"
                + " limit 1) x") == 0);
    }

    /** What a look costs when the queue is empty, and when a million mails wait for later. */
    private void polls() throws Exception {
        System.out.println("| a look at the queue, nothing being due | WildFly µs | database µs |");
        System.out.println("| --- | ---: | ---: |");
        empty();
        try (QueueNode node = start("polling", "-Dsmtpra.queue.poll.interval=5ms")) {
            node.server().warmUp(() -> Thread.sleep(2_000));
            printPolls("empty queue", node);
            fill();
            printPolls(WAITING + " mails that wait", node);
        }
    }

    private void printPolls(String name, QueueNode node) throws Exception {
        String polls = "select coalesce(seq_scan, 0) + coalesce(idx_scan, 0) from pg_stat_user_tables"
                + " where relname = 'smtpra_queue_route'";
        long before = database.number(polls);
        Cost cost = Cost.of(cpus(List.of(node)));
        Thread.sleep(POLLING.toMillis());
        long count = database.number(polls) - before;
        Cost.OfMails poll = cost.of((int) Math.max(1, count));
        System.out.printf("| %s, %d looks | %.0f | %.0f |%n", name, count, poll.micros().get(0), poll.micros().get(1));
    }

    private void fill() throws Exception {
        database.execute("insert into smtpra_queue_mail (route, priority, next_at, attempts, enqueued_at, expires_at,"
                + " warn_at, octets, reverse_path, body_type, smtp_utf8, require_tls) select 'java:/smtp/relay', 1,"
                + " t + 3600000 + n * 60, 1, t, t + 432000000, t + 14400000, 100, 'a@example.org', 0, 0, 0"
                + " from generate_series(1, " + WAITING + ") n,"
                + " (select (extract(epoch from now()) * 1000)::bigint t) x");
        database.execute("insert into smtpra_queue_recipient (mail_id, position, mailbox, state, attempts)"
                + " select id, 0, 'b@example.com', 'WAITING', 1 from smtpra_queue_mail");
        database.execute("insert into smtpra_queue_content select id, 0, convert_to(repeat('x', 100), 'utf8')"
                + " from smtpra_queue_mail");
        database.execute("vacuum analyze smtpra_queue_mail, smtpra_queue_recipient, smtpra_queue_content");
        database.execute("checkpoint");
    }

    private static Cost.OfMails print(String name, Cost.OfMails cost) {
        System.out.printf("| %s | %.0f | %.0f | %.0f | %.0f |%n", name, cost.mailsPerSecond(), cost.micros().get(0),
                cost.micros().get(1), cost.allMicros());
        return cost;
    }

    private static double median(List<Cost.OfMails> rounds, Function<Cost.OfMails, Double> figure) {
        return Servers.median(rounds.stream().map(figure).toList());
    }

    private static void inParallel(List<QueueNode> nodes, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (QueueNode node : nodes) {
                all.add(threads.submit(() -> {
                    work.on(node);
                    return null;
                }));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Mail has not arrived within " + BOUND);
            }
            // each look costs something itself: it steps over the index entries of what has been sent
            Thread.sleep(100);
        }
    }

    private interface Work {
        void on(QueueNode node) throws Exception;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }
}
