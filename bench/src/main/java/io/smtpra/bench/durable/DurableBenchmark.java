package io.smtpra.bench.durable;

import io.smtpra.bench.Servers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What accepting a mail for good costs: a bean stores each as a row in PostgreSQL, in the mail's transaction; beside
 * Postfix, which takes the same mails into its own queue on the same disk and does no more with them. The client is
 * Postfix's smtp-source. Arguments: the server's home, with the adapter deployed; a working directory.
 */
public final class DurableBenchmark {

    private static final List<Integer> CONNECTIONS = List.of(8, 64);
    private static final int MAILS = Integer.getInteger("bench.durable.mails", 8_000);
    private static final int POSTFIX_MAILS = Integer.getInteger("bench.durable.postfix.mails", 4_000);
    private static final int WARM_UP_MAILS = 8_000;
    private static final int ROUNDS = Integer.getInteger("bench.durable.rounds", 3);

    private DurableBenchmark() {}

    /**
     * Runs the benchmark and prints a table.
     *
     * @param arguments the server's home and a working directory
     * @throws Exception if a server does not start or does not take a mail
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path work = Commands.emptyFolder(arguments[1]);
        try (PostgreSqlServer database = new PostgreSqlServer();
                PostfixServer postfix = PostfixServer.keeping();
                QueueNode node = QueueNode.start(home, work.resolve("node"), database.url(), List.of())) {
            System.out.println("| 4 KiB, kept connections | Postfix mails a second | µs"
                    + " | smtp-ra with PostgreSQL mails a second | WildFly µs | PostgreSQL µs"
                    + " | times Postfix's mails a second | aim |");
            System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            for (int connections : CONNECTIONS) {
                node.server().warmUp(() -> send(connections, WARM_UP_MAILS, node.server().port()));
                report(connections, database, postfix, node);
            }
        }
    }

    private static void report(int connections, PostgreSqlServer database, PostfixServer postfix, QueueNode node)
            throws Exception {
        List<Cost.OfMails> ourRounds = new ArrayList<>();
        List<Cost.OfMails> theirRounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long before = database.number("select count(*) from arrived");
            Cost ourCost = Cost.of(List.of(node::cpuMicros, database::cpuMicros));
            send(connections, MAILS, node.server().port());
            ourRounds.add(ourCost.of(MAILS));
            long stored = database.number("select count(*) from arrived") - before;
            if (stored != MAILS) {
                throw new IllegalStateException(stored + " mails of " + MAILS + " were stored");
            }
            Cost theirCost = Cost.of(List.of(postfix::cpuMicros));
            send(connections, POSTFIX_MAILS, postfix.port());
            theirRounds.add(theirCost.of(POSTFIX_MAILS));
        }
        Cost.OfMails ours = median(ourRounds);
        Cost.OfMails theirs = median(theirRounds);
        System.out.printf("| %d connections | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f | 1 |%n", connections,
                theirs.mailsPerSecond(), theirs.allMicros(), ours.mailsPerSecond(), ours.micros().get(0),
                ours.micros().get(1), ours.mailsPerSecond() / theirs.mailsPerSecond());
    }

    /** The round in the middle by its mails a second. */
    private static Cost.OfMails median(List<Cost.OfMails> rounds) {
        double middle = Servers.median(rounds.stream().map(Cost.OfMails::mailsPerSecond).toList());
        return rounds.stream().filter(round -> round.mailsPerSecond() == middle).findFirst().orElseThrow();
    }

    private static void send(int connections, int mails, int port) throws Exception {
        Commands.run(List.of("smtp-source", "-s", Integer.toString(connections), "-m", Integer.toString(mails),
                "-l", "4096", "-d", "-f", "a@example.org", "-t", "b@example.com", "127.0.0.1:" + port));
    }
}
