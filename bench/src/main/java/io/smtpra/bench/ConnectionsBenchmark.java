package io.smtpra.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What many connections take: memory while they are idle, memory in the middle of large mails, and nothing of the time
 * of others while a bean is slow. Arguments: the server's home, with adapter and beans deployed; a working directory.
 */
public final class ConnectionsBenchmark {

    private static final int IDLE = 5_000;
    private static final int LARGE = 100;
    private static final int LARGE_SIZE = 10 << 20;
    private static final int SLOW = 200;
    private static final int PROBES = 2_000;
    private static final String FAST_BEAN = "b@example.com";
    private static final String SLOW_BEAN = "b@slow.example.com";

    private final ServerProcess server;

    private ConnectionsBenchmark(ServerProcess server) {
        this.server = server;
    }

    /**
     * Runs the benchmark and prints what it has found.
     *
     * @param arguments the server's home and a working directory
     * @throws Exception if a server does not start or refuses a mail
     */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        List<String> options = List.of(
                "-XX:NativeMemoryTracking=summary",
                "-Dsmtpra.max.connections.per.address=10000",
                "-Dsmtpra.spool.directory=" + Files.createDirectories(work.resolve("spool")));
        try (ServerProcess wildfly = Servers.wildfly(Path.of(arguments[0]).toAbsolutePath(), work, options)) {
            ConnectionsBenchmark benchmark = new ConnectionsBenchmark(wildfly);
            benchmark.probe(4 * PROBES);
            benchmark.idle();
            benchmark.large();
            benchmark.slow();
        }
    }

    private void idle() throws Exception {
        end(connect(IDLE / 10));
        Memory before = Memory.of(server);
        List<Client> open = connect(IDLE);
        Memory taken = Memory.of(server).minus(before);
        end(open);
        System.out.printf("%d idle connections after EHLO: %.1f KiB of heap and %.1f KiB outside of it each%n",
                IDLE, (double) taken.heap() / IDLE, (double) taken.outside() / IDLE);
    }

    private void large() throws Exception {
        byte[] message = Scenario.message("large", LARGE_SIZE / 2);
        byte[] part = Arrays.copyOf(message, message.length - 3);
        Memory before = Memory.of(server);
        List<Client> open = connect(LARGE);
        for (Client client : open) {
            client.begin(FAST_BEAN, part);
        }
        Memory middle = Memory.of(server);
        for (Client client : open) {
            client.goOn(part);
        }
        Memory later = Memory.of(server);
        end(open);
        System.out.printf("%d connections within a mail of %d MiB, MiB of heap: %d before, %d in the middle, %d at the"
                + " end%n", LARGE, LARGE_SIZE >> 20, before.heap() >> 10, middle.heap() >> 10, later.heap() >> 10);
    }

    private void slow() throws Exception {
        probe(PROBES);
        long[] alone = probe(PROBES);
        ExecutorService senders = Executors.newFixedThreadPool(SLOW);
        List<Future<Long>> counts = new ArrayList<>();
        for (Client client : connect(SLOW)) {
            counts.add(senders.submit(() -> sendSlowly(client)));
        }
        probe(PROBES);
        long[] beside = probe(PROBES);
        senders.shutdownNow();
        long slow = 0;
        for (Future<Long> count : counts) {
            slow += count.get();
        }
        System.out.printf("A mail of 4 KiB, microseconds from MAIL to 250, median and 99 %%: %d and %d alone, %d and %d"
                + " beside %d connections to a bean that sleeps 200 ms (%d mails)%n",
                alone[0], alone[1], beside[0], beside[1], SLOW, slow);
    }

    /** Sends until the thread is interrupted; returns how many were delivered. */
    private static long sendSlowly(Client client) throws IOException {
        byte[] message = Scenario.message("slow", 1 << 10);
        long sent = 0;
        while (!Thread.currentThread().isInterrupted()) {
            client.mail(SLOW_BEAN, false, message);
            sent++;
        }
        client.drop();
        return sent;
    }

    /** Sends mails one after another; median and 99th percentile of what each took, in microseconds. */
    private long[] probe(int count) throws IOException {
        byte[] message = Scenario.message("probe", 4 << 10);
        long[] micros = new long[count];
        for (int done = 0; done < count;) {
            // a session ends after some mails, for its number is limited
            try (Client client = new Client(server.port(), Optional.empty())) {
                for (int i = 0; i < 500 && done < count; i++) {
                    long begin = System.nanoTime();
                    client.mail(FAST_BEAN, false, message);
                    micros[done++] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
                }
            }
        }
        Arrays.sort(micros);
        return new long[] {micros[count / 2], micros[count * 99 / 100]};
    }

    private List<Client> connect(int count) throws IOException {
        List<Client> clients = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            clients.add(new Client(server.port(), Optional.empty()));
        }
        return clients;
    }

    private static void end(List<Client> clients) throws IOException {
        for (Client client : clients) {
            client.drop();
        }
    }
}
