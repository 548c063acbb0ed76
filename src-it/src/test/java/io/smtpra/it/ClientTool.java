package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine. A test that wants one that is not installed is skipped, but fails where {@code CI=true}. */
final class ClientTool {

    private static final boolean REQUIRED = "true".equals(System.getenv("CI"));

    /** Postfix's programs are often not on a user's path. */
    private static final List<String> BESIDES = List.of("/usr/sbin", "/usr/local/sbin");

    private ClientTool() {}

    /**
     * What a program said and how it ended.
     *
     * @param status its exit status
     * @param output its standard and error output
     */
    record Result(int status, String output) {

        Result succeeded() {
            assertThat(status).as(output).isZero();
            return this;
        }
    }

    /** Runs a program to its end, and gives it an input. */
    static Result run(String input, String program, String... arguments) throws IOException {
        Process process = start(program, arguments);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        return finish(process);
    }

    /** Demands a program that is run later. */
    static Path require(String program) {
        Optional<Path> file = find(program);
        if (file.isEmpty() && REQUIRED) {
            fail(program + " is not installed, and CI=true demands it");
        }
        assumeTrue(file.isPresent(), program + " is not installed");
        return file.get();
    }

    /** Starts a program that the test talks to, or ends. */
    static Process start(String program, String... arguments) throws IOException {
        List<String> command =
                Stream.concat(Stream.of(require(program).toString()), Stream.of(arguments)).toList();
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Waits for the end of a program, with a bound. */
    static Result finish(Process process) {
        CompletableFuture<String> output = CompletableFuture.supplyAsync(
                () -> read(process), task -> new Thread(task).start());
        try {
            if (!process.waitFor(Await.BOUND.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return fail("It did not end: " + output.join());
            }
            return new Result(process.exitValue(), output.join());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return fail("Interrupted");
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), BESIDES.stream())
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
