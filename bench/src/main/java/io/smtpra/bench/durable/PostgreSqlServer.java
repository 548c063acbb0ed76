package io.smtpra.bench.durable;

import io.smtpra.bench.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL from the distribution's package, as an instance of its own with its defaults: {@code fsync} and
 * {@code synchronous_commit} are on. Root starts it, as its own user.
 */
final class PostgreSqlServer implements AutoCloseable {

    private static final String USER = "postgres";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final Path home;
    private final Path programs;
    private final int port;
    private final Connection connection;
    private final ProcessTree processes;
    private final Commands.Stop stop;

    /** Starts it. */
    PostgreSqlServer() throws IOException, InterruptedException, SQLException {
        programs = programs();
        port = Servers.freePort();
        home = Commands.folder("postgresql");
        Commands.give(home, USER);
        Path data = home.resolve("data");
        run("initdb", "-D", data.toString(), "-A", "trust", "-E", "UTF8", "--no-locale", "-U", USER);
        Files.writeString(data.resolve("postgresql.conf"), """
                port=%d
                listen_addresses='127.0.0.1'
                unix_socket_directories='%s'
                max_connections=200
                """.formatted(port, home), StandardOpenOption.APPEND);
        run("pg_ctl", "-D", data.toString(), "-l", home.resolve("log").toString(), "-w", "start");
        processes = new ProcessTree(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0)));
        stop = Commands.atTheLatestAtTheEnd(this::stop);
        connection = DriverManager.getConnection(url(), USER, "none");
    }

    /** Where it is, for a driver. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** CPU time of all its processes, in microseconds. */
    long cpuMicros() throws IOException {
        return processes.cpuMicros();
    }

    /** The one number that a query gives. */
    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Runs a statement. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop.run();
    }

    private void stop() throws IOException, InterruptedException {
        try {
            run("pg_ctl", "-D", home.resolve("data").toString(), "-m", "immediate", "-w", "stop");
        } finally {
            Commands.remove(home);
        }
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("runuser", "-u", USER, "--", programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        Commands.run(command);
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow(() -> new IOException("PostgreSQL's server is not installed"));
        }
    }
}
