package io.smtpra.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an outbound mail of 4 KiB costs the whole WildFly process through the connection factory, as a ratio to Angus
 * Mail in the same process, and beside a bare socket, which is the floor. The message is either made by the application
 * with Jakarta Mail's API, or was read from octets; it goes at once, or with a transaction of its own. The peer is
 * Postfix's smtp-sink. Arguments: the server's home, with adapter and beans deployed; a working directory.
 */
public final class OutboundBenchmark {

    private static final List<String> WAYS = List.of("angus", "socket", "factory", "transacted");
    private static final int SENDERS = 8;
    private static final int MAILS = 16_000;
    private static final int ROUNDS = 9;
    private static final double AIM = 0.25;
    private static final double AIM_TRANSACTED = 0.35;

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
            System.out.println("| 4 KiB, kept connections, 8 senders | Angus Mail µs | bare socket µs "
                    + "| connection factory µs | ratio to Angus | aim | in a transaction µs | ratio to Angus | aim |");
            System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            for (String message : List.of("built", "parsed")) {
                report(wildfly, message, sinkPort);
            }
        }
    }

    private static void report(ServerProcess wildfly, String message, int sinkPort) throws Exception {
        SmtpLoad orders = SmtpLoad.plain(wildfly.port());
        Map<String, List<Double>> micros = new HashMap<>();
        for (String way : WAYS) {
            wildfly.warmUp(() -> measure(orders, wildfly, way + " " + message, MAILS, sinkPort));
            micros.put(way, new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String way : WAYS) {
                micros.get(way).add(measure(orders, wildfly, way + " " + message, MAILS, sinkPort));
            }
        }
        double angus = Servers.median(micros.get("angus"));
        double ours = Servers.median(micros.get("factory"));
        double transacted = Servers.median(micros.get("transacted"));
        System.out.printf("| message %s | %.0f | %.0f | %.0f | %.2f | %.2f | %.0f | %.2f | %.2f |%n", message, angus,
                Servers.median(micros.get("socket")), ours, ours / angus, AIM,
                transacted, transacted / angus, AIM_TRANSACTED);
    }

    private static double measure(SmtpLoad orders, ServerProcess wildfly, String order, int mails, int sinkPort)
            throws Exception {
        return wildfly.microsPerMail(mails,
                () -> orders.order(SENDERS, order + " " + mails / SENDERS + " " + sinkPort, 4 << 10));
    }
}
