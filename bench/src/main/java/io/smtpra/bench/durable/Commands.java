package io.smtpra.bench.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Programs that are run to their end, and the folders of servers that are not ours. */
final class Commands {

    private static final long BOUND_SECONDS = 180;

    private Commands() {}

    /** Runs one, which must succeed. */
    static void run(List<String> command) throws IOException, InterruptedException {
        // to a file: what a server prints that it leaves behind keeps a pipe open for as long as it runs
        Path output = Files.createTempFile("smtp-ra-bench", ".out");
        try {
            Process process = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + ": " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    /** Ends a server. */
    @FunctionalInterface
    interface Stop {
        void run() throws IOException, InterruptedException;
    }

    /** The same, once; at the latest when the benchmark is ended, for such servers would go on for ever. */
    static Stop atTheLatestAtTheEnd(Stop stop) {
        AtomicBoolean done = new AtomicBoolean();
        Stop once = () -> {
            if (done.compareAndSet(false, true)) {
                stop.run();
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                once.run();
            } catch (IOException | InterruptedException e) {
                System.err.println("A server goes on: " + e);
            }
        }));
        return once;
    }

    /** A folder that servers may enter which are other users; a build's folder need not be one. */
    static Path folder(String name) throws IOException {
        return Files.createTempDirectory("smtp-ra-" + name,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    /** Gives a folder to a user. */
    static void give(Path folder, String user) throws IOException {
        Files.setOwner(folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }

    /** A folder with nothing in it from an earlier run. */
    static Path emptyFolder(String name) throws IOException {
        Path folder = Path.of(name).toAbsolutePath();
        if (Files.exists(folder)) {
            remove(folder);
        }
        return Files.createDirectories(folder);
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Commands::delete);
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
