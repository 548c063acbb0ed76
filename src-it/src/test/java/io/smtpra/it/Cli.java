package io.smtpra.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The server's own command line, {@code jboss-cli.sh}, with a script as an administrator runs it. */
final class Cli {

    private static final Duration BOUND = Duration.ofSeconds(120);

    private Cli() {}

    static void run(Path script, UnaryOperator<String> changes) {
        try {
            Path changed = Files.createTempFile("smtp-ra-it", ".cli");
            try {
                Files.writeString(changed, changes.apply(Files.readString(script)));
                Tool.Outcome outcome = Tool.run(BOUND, List.of(
                        Path.of(System.getProperty("it.wildfly"), "bin", "jboss-cli.sh").toString(), "--connect",
                        "--controller=" + Ports.LOOPBACK + ":" + Ports.MANAGEMENT, "--file=" + changed));
                if (outcome.status() != 0) {
                    throw new AssertionError(script + " failed:\n" + outcome.output());
                }
            } finally {
                Files.deleteIfExists(changed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
