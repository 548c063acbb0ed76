package io.smtpra.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * What an inbound mail costs the whole WildFly process, with a bean that reads the content and a JTA commit, as a ratio
 * to stock James in the same run, and beside a listener that does nothing, which is the floor. Arguments: the server's
 * home, with adapter and bean deployed; a working directory.
 */
public final class InboundBenchmark {

    /** Rounds are taken in turns, so that a disturbance of the machine meets both; the median counts. */
    private static final int ROUNDS = 3;

    private final Path home;
    private final Path work;
    private final SSLContext trusting;

    private InboundBenchmark(Path home, Path work) throws Exception {
        this.home = home.toAbsolutePath();
        this.work = Files.createDirectories(work).toAbsolutePath();
        this.trusting = TrustEveryone.context();
    }

    /**
     * Runs the benchmark and prints a table.
     *
     * @param arguments the server's home and a working directory
     * @throws Exception if a server does not start or refuses a mail
     */
    public static void main(String[] arguments) throws Exception {
        new InboundBenchmark(Path.of(arguments[0]), Path.of(arguments[1])).run();
    }

    private void run() throws Exception {
        Path keyStore = Servers.keyStore(work);
        try (ServerProcess james = Servers.james(work, keyStore);
                ServerProcess bare = Servers.bare(work, keyStore);
                ServerProcess wildfly = Servers.wildfly(home, work, options(keyStore))) {
            System.out.println("| scenario | James µs | bare listener µs | smtp-ra in WildFly µs | ratio to James | aim |");
            System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
            String wanted = System.getProperty("bench.scenarios", "");
            for (Scenario scenario : Scenario.INBOUND.stream().filter(s -> s.name().contains(wanted)).toList()) {
                report(scenario, List.of(james, bare, wildfly));
            }
            System.out.printf("%nResident memory after the run: James %d MiB, WildFly %d MiB%n",
                    james.residentKiB() >> 10, wildfly.residentKiB() >> 10);
        }
    }

    private List<String> options(Path keyStore) throws IOException {
        List<String> options = new ArrayList<>(HookModule.options(home));
        options.addAll(Servers.keyStoreOptions(keyStore));
        return options;
    }

    private void report(Scenario scenario, List<ServerProcess> servers) throws Exception {
        Map<ServerProcess, List<Double>> micros = new LinkedHashMap<>();
        for (ServerProcess server : servers) {
            SmtpLoad load = SmtpLoad.of(server.port(), trusting);
            server.warmUp(() -> load.run(scenario, scenario.messages()));
            micros.put(server, new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (ServerProcess server : servers) {
                micros.get(server).add(measure(scenario, server, SmtpLoad.of(server.port(), trusting)));
            }
        }
        List<Double> medians = micros.values().stream().map(Servers::median).toList();
        System.out.printf("| %s | %.0f | %.0f | %.0f | %.2f | %.2f |%n", scenario.name(), medians.get(0),
                medians.get(1),
                medians.get(2), medians.get(2) / medians.get(0), scenario.target());
    }

    private static double measure(Scenario scenario, ServerProcess server, SmtpLoad load) throws Exception {
        return server.microsPerMail(scenario.messages(), () -> load.run(scenario, scenario.messages()));
    }
}
