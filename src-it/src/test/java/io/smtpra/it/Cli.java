package io.smtpra.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The server's own command line, {@code jboss-cli.sh}, with a script as an administrator runs it. */
final class Cli {

    private static final Duration BOUND = Duration.ofSeconds(120);

    private Cli() {}

    static void run(Path script) {
        run(Ports.MANAGEMENT, script);
    }

    /** Runs a script as it is run in a folder. */
    static void run(Path script, Path folder) {
        run(Ports.MANAGEMENT, script.toAbsolutePath(), folder);
    }

    /** Runs a script against the server with a management port. */
    static void run(int managementPort, Path script) {
        run(managementPort, script, Path.of("").toAbsolutePath());
    }

    private static void run(int managementPort, Path script, Path folder) {
        Tool.Outcome outcome = Tool.run(BOUND, folder, List.of(
                Path.of(System.getProperty("it.wildfly"), "bin", "jboss-cli.sh").toString(), "--connect",
                "--controller=" + Ports.LOOPBACK + ":" + managementPort, "--file=" + script));
        if (outcome.status() != 0) {
            throw new AssertionError(script + " failed:\n" + outcome.output());
        }
    }
}
