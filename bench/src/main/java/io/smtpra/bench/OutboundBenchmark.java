package io.smtpra.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an outbound mail of 4 KiB costs the whole WildFly process through the connection factory, as a ratio to Angus
 * Mail in the same process. The peer is Postfix's smtp-sink. Arguments: the server's home, with adapter and beans
 * deployed; a working directory.
 */
public final class OutboundBenchmark {

    private static final int SENDERS = 8;
    private static final int MAILS = 40_000;
    private static final int ROUNDS = 3;
    private static final double AIM = 0.25;

    private OutboundBenchmark() {}

    /**
     * Runs the benchmark and prints a table.
     *
     * @param arguments the server's home and a working directory
     * @throws Exception if a server does not start or a mail cannot be sent
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path work = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        int sinkPort = Servers.freePort();
        try (ServerProcess sink = ServerProcess.start(
                        List.of("smtp-sink", "-u", "nobody", "127.0.0.1:" + sinkPort, "1000"),
                        Map.of(), work.resolve("sink.log"), sinkPort);
                ServerProcess wildfly = Servers.wildfly(home, work, List.of(
                        "-Dsmtpra.relay.host=127.0.0.1", "-Dsmtpra.relay.port=" + sink.port()))) {
            SmtpLoad orders = SmtpLoad.plain(wildfly.port());
            for (String way : List.of("angus", "factory")) {
                measure(orders, wildfly, way, sinkPort);
            }
            List<Double> angus = new ArrayList<>();
            List<Double> factory = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                angus.add(measure(orders, wildfly, "angus", sinkPort));
                factory.add(measure(orders, wildfly, "factory", sinkPort));
            }
            double reference = Servers.median(angus);
            double ours = Servers.median(factory);
            System.out.println("| scenario | Angus Mail µs | connection factory µs | ratio | aim |");
            System.out.println("| --- | ---: | ---: | ---: | ---: |");
            System.out.printf("| 4 KiB, kept connections, 8 senders | %.0f | %.0f | %.2f | %.2f |%n",
                    reference, ours, ours / reference, AIM);
        }
    }

    private static double measure(SmtpLoad orders, ServerProcess wildfly, String way, int sinkPort) throws Exception {
        long before = wildfly.cpuMicros();
        orders.order(SENDERS, way + " " + MAILS / SENDERS + " " + sinkPort, 4 << 10);
        return (wildfly.cpuMicros() - before) / (double) MAILS;
    }
}
