package io.smtpra.queue.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A database server from the distribution's package, as an instance of its own on a free port of the loopback address,
 * until the tests end. Root starts it, as its own user. Where it is not installed it is left out, but with
 * {@code CI=true}, which insists on it.
 */
final class DatabaseServer {

    private static final int START_SECONDS = 60;

    private final Path home;
    private final int port = freePort();
    private Process process;

    private DatabaseServer(String user) throws IOException {
        home = Files.createTempDirectory("smtp-ra-queue",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setOwner(home, home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }

    /** PostgreSQL's address, once it is started. */
    static Optional<String> postgreSql() {
        return start("PostgreSQL", first("/usr/lib/postgresql", "bin/postgres"), DatabaseServer::startPostgreSql);
    }

    /** MariaDB's address, once it is started. */
    static Optional<String> mariaDb() {
        return start("MariaDB", Optional.of(Path.of("/usr/sbin/mariadbd")), DatabaseServer::startMariaDb);
    }

    private static Optional<String> start(String name, Optional<Path> program, Start start) {
        boolean installed = program.filter(Files::isExecutable).isPresent()
                && System.getProperty("user.name").equals("root");
        if (!installed && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(name + "'s server is not installed, and CI=true demands it");
        }
        try {
            return installed ? Optional.of(start.of(program.get())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String startPostgreSql(Path program) throws IOException {
        DatabaseServer server = new DatabaseServer("postgres");
        String data = server.home.resolve("data").toString();
        server.run("runuser", "-u", "postgres", "--", program.resolveSibling("initdb").toString(), "-D", data, "-A",
                "trust", "-E", "UTF8", "--no-locale", "-U", "postgres");
        server.serve("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program.toString(), "-D",
                data, "-p", Integer.toString(server.port), "-c", "listen_addresses=127.0.0.1", "-c",
                "unix_socket_directories=" + server.home);
        return server.await("jdbc:postgresql://127.0.0.1:" + server.port + "/postgres?user=postgres");
    }

    private static String startMariaDb(Path program) throws IOException {
        DatabaseServer server = new DatabaseServer("mysql");
        String data = server.home.resolve("data").toString();
        server.run("mariadb-install-db", "--no-defaults", "--user=mysql", "--datadir=" + data, "--skip-test-db");
        Path users = Files.writeString(server.home.resolve("users.sql"),
                "create user 'queue'@'127.0.0.1' identified by 'none';\ngrant all on *.* to 'queue'@'127.0.0.1';\n");
        Files.setOwner(users, Files.getOwner(server.home));
        server.serve(program.toString(), "--no-defaults", "--user=mysql", "--datadir=" + data,
                "--bind-address=127.0.0.1", "--port=" + server.port, "--socket=" + server.home.resolve("socket"),
                "--skip-name-resolve",
                "--pid-file=" + server.home.resolve("pid"), "--init-file=" + users);
        return server.await("jdbc:mariadb://127.0.0.1:" + server.port + "/?user=queue&password=none");
    }

    private void run(String... command) throws IOException {
        Process initialising = process(command);
        try {
            if (!initialising.waitFor(START_SECONDS, TimeUnit.SECONDS) || initialising.exitValue() != 0) {
                throw new IOException(command[0] + " failed: " + Files.readString(home.resolve("log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void serve(String... command) throws IOException {
        process = process(command);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    private Process process(String... command) throws IOException {
        return new ProcessBuilder(Arrays.asList(command)).directory(Path.of("/").toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile())).start();
    }

    private String await(String url) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            try (Connection connection = DriverManager.getConnection(url)) {
                return connection.isValid(1) ? url : await(url);
            } catch (SQLException e) {
                pause();
            }
        }
        throw new IOException("The database does not start: " + Files.readString(home.resolve("log")));
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void stop() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // the system's folder of temporary files is cleaned some day
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Path> first(String versions, String program) {
        Path folder = Path.of(versions);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(version -> version.resolve(program)).filter(Files::isExecutable).sorted().findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server and gives its address. */
    private interface Start {
        String of(Path program) throws IOException;
    }
}
