package io.smtpra.it;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL from the distribution's package, as an instance of its own in a directory of the test, on a free port of
 * the loopback address. It does not run as root, so root starts it as its user.
 */
final class PostgreSql implements AutoCloseable {

    private static final String USER = "postgres";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final Path home;
    private final Path programs;
    private final int port = CrashingServer.freePort();

    private PostgreSql(Path home, Path programs) {
        this.home = home;
        this.programs = programs;
    }

    /** Starts it; a test that wants it is skipped where it is not installed, but fails where {@code CI=true}. */
    static PostgreSql start() throws IOException {
        Optional<Path> programs = programs();
        if (programs.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("PostgreSQL's server is not installed, and CI=true demands it");
        }
        assumeTrue(programs.isPresent(), "PostgreSQL's server is not installed");
        assumeTrue(System.getProperty("user.name").equals("root"), "PostgreSQL is started by root, as another user");
        Path home = Files.createTempDirectory("smtp-ra-postgresql",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PostgreSql database = new PostgreSql(home, programs.get());
        try {
            database.begin();
        } catch (IOException | RuntimeException | Error e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** Where it is, for a driver. */
    String url() {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + port + "/postgres";
    }

    /** The first column of a query's rows. */
    List<String> query(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url(), USER, "none");
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it has logged. */
    String log() throws IOException {
        return Files.readString(home.resolve("log"));
    }

    @Override
    public void close() throws IOException {
        try {
            if (Files.exists(home.resolve("data/postmaster.pid"))) {
                run("pg_ctl", "-D", home.resolve("data").toString(), "-m", "immediate", "-w", "stop");
            }
        } finally {
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).forEach(PostgreSql::delete);
            }
        }
    }

    private void begin() throws IOException {
        Files.setOwner(home, home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        String data = home.resolve("data").toString();
        run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-locale", "-U", USER);
        Files.writeString(home.resolve("data/postgresql.conf"), """
                port=%d
                listen_addresses='127.0.0.1'
                unix_socket_directories='%s'
                max_connections=200
                """.formatted(port, home), StandardOpenOption.APPEND);
        run("pg_ctl", "-D", data, "-l", home.resolve("log").toString(), "-w", "start");
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("-u", USER, "--", programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        // to a file: what the server prints keeps a pipe open for as long as it runs
        Path output = Files.createTempFile("smtp-ra-postgresql", ".out");
        try {
            List<String> all = new ArrayList<>(List.of(ClientTool.require("runuser").toString()));
            all.addAll(command);
            Process process = new ProcessBuilder(all).directory(Path.of("/").toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            Await.until(program + " to end", () -> !process.isAlive());
            if (process.exitValue() != 0) {
                throw new AssertionError(program + ": " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
                    .max(Comparator.comparing(programs -> Integer.parseInt(
                            programs.getParent().getFileName().toString().replaceAll("\\D", ""))));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
