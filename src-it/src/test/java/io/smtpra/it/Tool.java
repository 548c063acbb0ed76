package io.smtpra.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that the tests run. */
final class Tool {

    /** What became of a run. */
    record Outcome(int status, String output) {}

    private Tool() {}

    /** Skips the test if the program is missing; in continuous integration, where it must be there, fails it. */
    static void require(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(program + " is not installed");
        }
        assumeTrue(there, program + " is not installed: the test with it is skipped");
    }

    /** Runs a program to its end, within a bound. */
    static Outcome run(Duration bound, List<String> command) {
        return run(bound, Path.of("").toAbsolutePath(), command);
    }

    /** Runs a program in a folder. */
    static Outcome run(Duration bound, Path folder, List<String> command) {
        try {
            Path output = Files.createTempFile("smtp-ra-it", ".out");
            try {
                Process process = new ProcessBuilder(command).directory(folder.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectErrorStream(true).redirectOutput(output.toFile()).start();
                boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                String said = Files.readString(output, StandardCharsets.UTF_8);
                if (!ended) {
                    throw new AssertionError(command + " did not end within " + bound + ":\n" + said);
                }
                return new Outcome(process.exitValue(), said);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
