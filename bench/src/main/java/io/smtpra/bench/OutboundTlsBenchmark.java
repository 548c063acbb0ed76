package io.smtpra.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an outbound mail of 4 KiB costs the whole WildFly process that goes over a new connection with STARTTLS, whose
 * TLS session is resumed: through the connection factory, with {@code maxMailsPerConnection=1}, as a ratio to Angus
 * Mail in the same process. The peer is the bare listener of the inbound benchmark, with the JDK's TLS. Arguments: the
 * server's home, with adapter and beans deployed; a working directory.
 */
public final class OutboundTlsBenchmark {

    private static final List<String> WAYS = List.of("angusTls", "factory");
    private static final int SENDERS = 8;
    private static final int MAILS = Integer.getInteger("bench.outbound.tls.mails", 2_000);
    private static final int ROUNDS = 5;
    private static final double AIM = 0.5;

    private OutboundTlsBenchmark() {}

    /**
     * Runs the benchmark and prints a table.
     *
     * @param arguments the server's home and a working directory
     * @throws Exception if a server does not start or a mail cannot be sent
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path work = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        try (ServerProcess sink = Servers.bare(work, Servers.keyStore(work));
                ServerProcess wildfly = Servers.wildfly(home, work, List.of(
                        "-Dsmtpra.relay.host=127.0.0.1", "-Dsmtpra.relay.port=" + sink.port(),
                        "-Dsmtpra.relay.tls=required", "-Dsmtpra.relay.certificate.check=none",
                        "-Dsmtpra.relay.max.mails.per.connection=1"))) {
            System.out.println("| 4 KiB, STARTTLS with a new connection each, 8 senders | Angus Mail µs "
                    + "| connection factory µs | ratio to Angus | aim |");
            System.out.println("| --- | ---: | ---: | ---: | ---: |");
            SmtpLoad orders = SmtpLoad.plain(wildfly.port());
            Map<String, List<Double>> micros = new HashMap<>();
            for (String way : WAYS) {
                wildfly.warmUp(() -> measure(orders, wildfly, way, sink.port()));
                micros.put(way, new ArrayList<>());
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (String way : WAYS) {
                    micros.get(way).add(measure(orders, wildfly, way, sink.port()));
                }
            }
            double angus = Servers.median(micros.get("angusTls"));
            double ours = Servers.median(micros.get("factory"));
            System.out.printf("| message built | %.0f | %.0f | %.2f | %.2f |%n", angus, ours, ours / angus, AIM);
        }
    }

    private static double measure(SmtpLoad orders, ServerProcess wildfly, String way, int port) throws Exception {
        return wildfly.microsPerMail(MAILS,
                () -> orders.order(SENDERS, way + " built " + MAILS / SENDERS + " " + port, 4 << 10));
    }
}
