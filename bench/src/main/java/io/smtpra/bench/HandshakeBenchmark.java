package io.smtpra.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a mail costs that comes over a connection of its own: with a full handshake, with a resumed session, with a key
 * of either kind, and in plain text just after the start, when the virtual machine still compiles. Beside stock James,
 * whose TLS is the JDK's, and a bare Netty listener on BoringSSL, the floor. Arguments: the server's home, with adapter
 * and bean deployed; a working directory.
 */
public final class HandshakeBenchmark {

    private static final int ROUNDS = 3;
    private static final int MAILS = Integer.getInteger("bench.handshake.mails", 3_000);
    private static final int FIRST_MAILS = 50_000;

    private final Path home;
    private final Path work;

    private HandshakeBenchmark(Path home, Path work) throws Exception {
        this.home = home.toAbsolutePath();
        this.work = Files.createDirectories(work).toAbsolutePath();
    }

    /**
     * Runs the benchmark and prints two tables.
     *
     * @param arguments the server's home and a working directory
     * @throws Exception if a server does not start or refuses a mail
     */
    public static void main(String[] arguments) throws Exception {
        HandshakeBenchmark benchmark = new HandshakeBenchmark(Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println("| scenario | James µs | bare listener, BoringSSL µs | smtp-ra in WildFly µs | ratio to James"
                + " | to the bare listener |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        benchmark.handshakes("RSA", 2048);
        benchmark.handshakes("EC", 256);
        benchmark.justStarted();
    }

    private void handshakes(String algorithm, int bits) throws Exception {
        Path keyStore = Servers.keyStore(work, algorithm, bits);
        try (ServerProcess james = Servers.james(work, keyStore);
                ServerProcess bare = Servers.bareOnBoringSsl(work, keyStore);
                ServerProcess wildfly = Servers.wildfly(home, work, Servers.keyStoreOptions(keyStore))) {
            List<ServerProcess> servers = List.of(james, bare, wildfly);
            Scenario scenario = new Scenario("4 KiB, STARTTLS", 4 << 10, false, false, true, MAILS, 0);
            report("full handshake, " + algorithm + " " + bits, scenario, servers,
                    port -> SmtpLoad.withFullHandshakes(port, TrustEveryone::context));
            report("resumed session, " + algorithm + " " + bits, scenario, servers,
                    port -> SmtpLoad.withResumedSessions(port, TrustEveryone::context));
        }
    }

    private static void report(String name, Scenario scenario, List<ServerProcess> servers, IntFunction<SmtpLoad> load)
            throws Exception {
        List<List<Double>> micros = new ArrayList<>();
        for (ServerProcess server : servers) {
            server.warmUp(() -> load.apply(server.port()).run(scenario, scenario.messages()));
            micros.add(new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < servers.size(); i++) {
                micros.get(i).add(measure(scenario, servers.get(i), load.apply(servers.get(i).port())));
            }
        }
        List<Double> medians = micros.stream().map(Servers::median).toList();
        System.out.printf("| %s | %.0f | %.0f | %.0f | %.2f | %.2f |%n", name, medians.get(0), medians.get(1),
                medians.get(2), medians.get(2) / medians.get(0), medians.get(2) / medians.get(1));
    }

    /** The compiler's time counts: whoever starts a server pays it. */
    private void justStarted() throws Exception {
        Path keyStore = Servers.keyStore(work);
        Scenario scenario = new Scenario("1 KiB, plain", 1 << 10, false, false, false, FIRST_MAILS, 0);
        double james = first(scenario, Servers.james(work, keyStore));
        double bare = first(scenario, Servers.bareOnBoringSsl(work, keyStore));
        double ours = first(scenario, Servers.wildfly(home, work, Servers.keyStoreOptions(keyStore)));
        System.out.printf("| 1 KiB, a plain connection per mail, the first %,d after the start | %.0f | %.0f | %.0f | %.2f"
                + " | %.2f |%n", FIRST_MAILS, james, bare, ours, ours / james, ours / bare);
    }

    /** What each of its first mails costs a server, which is ended then. */
    private static double first(Scenario scenario, ServerProcess server) throws Exception {
        try (server) {
            return measure(scenario, server, SmtpLoad.plain(server.port()));
        }
    }

    private static double measure(Scenario scenario, ServerProcess server, SmtpLoad load) throws Exception {
        return server.microsPerMail(scenario.messages(), () -> load.run(scenario, scenario.messages()));
    }
}
