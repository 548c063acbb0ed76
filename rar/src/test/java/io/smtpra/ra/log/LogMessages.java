package io.smtpra.ra.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The interfaces of log messages of all archives, as they stand in the sources: the annotations are not kept at run
 * time.
 */
final class LogMessages {

    private static final Pattern INTERFACE = Pattern.compile(
            "/\\*\\* (?<meaning>[^*]+) \\*/\\s+@MessageLogger\\(projectCode = \"SMTPRA\", length = 4\\)\\s+"
                    + "@ValidIdRange\\(min = (?<min>\\d+), max = (?<max>\\d+)\\)\\s+public interface (?<name>\\w+)"
                    + ".*?LOG = Logger\\.getMessageLogger\\(\\s*MethodHandles\\.lookup\\(\\), \\k<name>\\.class, "
                    + "\"(?<category>[\\w.]+)\"\\);", Pattern.DOTALL);
    private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern MESSAGE = Pattern.compile(
            "(?:@LogMessage\\(level = (?:Logger\\.)?Level\\.(?<level>\\w+)\\)\\s+)?@Message\\(id = (?<id>\\d+), value = (?<text>"
                    + TEXT + "(?:\\s*\\+ " + TEXT + ")*)\\)\\s+(?:void|String) (?<method>\\w+)\\((?<parameters>[^)]*)\\);");

    private LogMessages() {}

    /**
     * A message.
     *
     * @param code as it stands in the log
     * @param level or {@code thrown}, where it is the message of an exception
     * @param text with {@code %s} for each parameter but the cause
     * @param parameters the names of these
     */
    record OneMessage(String code, int id, String level, String text, String method, List<String> parameters) {

        /** The text as a reader of a table sees it: each parameter by its name, in braces. */
        String shown() {
            Matcher holes = Pattern.compile("%s").matcher(
                    text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;"));
            List<String> names = new ArrayList<>(parameters);
            return holes.replaceAll(hole -> "{" + names.remove(0) + "}").replace("%%", "%");
        }
    }

    /** An interface, with its block of codes. */
    record Block(String name, String category, String meaning, int min, int max, List<OneMessage> messages) {

        String levels() {
            return Stream.of("ERROR", "WARN", "INFO")
                    .filter(level -> messages.stream().anyMatch(message -> message.level().equals(level)))
                    .collect(Collectors.joining(", "));
        }

        String codes() {
            return code(min) + " to " + code(max);
        }
    }

    /** All, by their codes. */
    static List<Block> blocks() {
        return sources().filter(source -> source.getFileName().toString().matches("\\w+Messages\\.java"))
                .map(LogMessages::read).map(LogMessages::block)
                .sorted((one, other) -> Integer.compare(one.min(), other.min())).toList();
    }

    /** The sources of all archives that log. */
    static Stream<Path> sources() {
        return Stream.of("rar", "queue", "ejb", "web", "monitoring", "subsystem")
                .map(module -> Path.of("..", module, "src", "main", "java")).flatMap(root -> {
                    try (Stream<Path> files = Files.walk(root)) {
                        return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Block block(String source) {
        Matcher declared = INTERFACE.matcher(source);
        if (!declared.find()) {
            throw new IllegalStateException("not in the form of the other interfaces of messages:\n" + source);
        }
        List<OneMessage> messages = MESSAGE.matcher(source).results().map(LogMessages::message).toList();
        if (messages.size() != source.split("@Message\\(", -1).length - 1) {
            throw new IllegalStateException(
                    "a message of " + declared.group("name") + " is not in the form of the others");
        }
        return new Block(declared.group("name"), declared.group("category"), declared.group("meaning"),
                Integer.parseInt(declared.group("min")), Integer.parseInt(declared.group("max")), messages);
    }

    private static OneMessage message(MatchResult found) {
        String text = found.group(3).replaceAll("\"\\s*\\+ \"", "");
        List<String> parameters = Stream.of(found.group(5).split(",")).map(String::strip)
                .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith("@Cause"))
                .map(parameter -> parameter.substring(parameter.lastIndexOf(' ') + 1)).toList();
        int id = Integer.parseInt(found.group(2));
        String level = found.group(1) == null ? "thrown" : found.group(1);
        return new OneMessage(code(id), id, level, text.substring(1, text.length() - 1).replace("\\\"", "\""),
                found.group(4), parameters);
    }

    private static String code(int id) {
        return String.format("SMTPRA%04d", id);
    }
}
