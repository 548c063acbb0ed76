package io.smtpra.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The server's log, from a mark on. */
final class ServerLog {

    private static final Path FILE = Path.of(System.getProperty("it.wildfly"), "standalone", "log", "server.log");

    private long mark;

    /** Forgets what has been logged up to now. */
    void mark() {
        try {
            mark = Files.exists(FILE) ? Files.size(FILE) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was logged since the mark. */
    List<String> lines() {
        try (var file = Files.newInputStream(FILE)) {
            file.skipNBytes(mark);
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line in which the pattern is found. */
    String await(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return Await.value("a line in the server's log with " + regex,
                () -> lines().stream().filter(line -> pattern.matcher(line).find()).findFirst());
    }
}
