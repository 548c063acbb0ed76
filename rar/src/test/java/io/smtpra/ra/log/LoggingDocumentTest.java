package io.smtpra.ra.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.log.LogMessages.Block;
import io.smtpra.ra.log.LogMessages.OneMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/logging.md are what the interfaces of messages say. Run with {@code -Dlogging.update=true} it
 * writes the tables anew, keeps what each tells the administrator to do, and retires the codes that are gone.
 */
class LoggingDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "logging.md");
    private static final String END = "<!-- end of table -->";
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(SMTPRA\\d{4})` \\|.*\\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern WITHOUT_CODE = Pattern.compile(
            "\\b(?i:log|logger)\\s*(?:\\.|::)\\s*(?:info|warn|error|fatal|atInfo|atWarn|atError|atLevel)[fv]?\\b"
                    + "|\\.log\\(Level\\.(?:INFO|WARN|ERROR)");

    private final List<Block> blocks = LogMessages.blocks();
    private final List<OneMessage> messages = blocks.stream().flatMap(block -> block.messages().stream()).toList();

    @Test
    void theTablesAreWhatTheInterfacesSay() throws IOException {
        String text = Files.readString(DOCUMENT);
        Map<String, String> advice = new HashMap<>();
        ROW.matcher(table(text, "messages")).results().forEach(row -> advice.put(row.group(1), row.group(2)));
        String expected = with(with(text, "categories", categories()), "messages", messages(advice));
        if (Boolean.getBoolean("logging.update")) {
            Set<String> gone = new HashSet<>(advice.keySet());
            gone.removeAll(codes());
            String retired = gone.stream().sorted().map(code -> "| `" + code + "` | |\n").collect(Collectors.joining());
            Files.writeString(DOCUMENT, with(expected, "retired codes", table(text, "retired codes") + retired));
            return;
        }
        assertThat(text).as("docs/logging.md; -Dlogging.update=true writes it").isEqualTo(expected);
        assertThat(advice.entrySet()).allSatisfy(
                told -> assertThat(told.getValue()).as("what to do about %s", told.getKey()).isNotBlank());
    }

    @Test
    void aCodeIsGivenOnceAndForEver() throws IOException {
        assertThat(codes()).doesNotHaveDuplicates();
        List<String> retired = Pattern.compile("SMTPRA\\d{4}")
                .matcher(table(Files.readString(DOCUMENT), "retired codes")).results().map(MatchResult::group).toList();
        assertThat(codes()).filteredOn(retired::contains).as("codes that are in use, and retired").isEmpty();
    }

    @Test
    void eachCategoryHasItsBlockOfCodes() {
        assertThat(blocks.stream().map(Block::category)).doesNotHaveDuplicates();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            assertThat(block.messages()).as(block.name()).extracting(OneMessage::id).isSorted()
                    .allMatch(id -> id >= block.min() && id <= block.max());
            if (i > 0) {
                assertThat(block.min()).as(block.name()).isGreaterThan(blocks.get(i - 1).max());
            }
        }
    }

    /** Else the server's log has a line that no alert can be written on. */
    @Test
    void nothingIsLoggedWithoutACode() {
        assertThat(LogMessages.sources().flatMap(source -> WITHOUT_CODE.matcher(LogMessages.read(source)).results()
                .map(found -> source.getFileName() + ": " + found.group()))).isEmpty();
    }

    /** A message that nobody logs any more is to be retired. */
    @Test
    void eachMessageIsLogged() {
        String all = LogMessages.sources().map(LogMessages::read).collect(Collectors.joining());
        assertThat(blocks).allSatisfy(block -> assertThat(block.messages()).allSatisfy(message ->
                assertThat(all).containsPattern(block.name() + "\\.LOG\\s*(\\.|::)\\s*" + message.method() + "\\b")));
    }

    @Test
    void eachParameterHasItsPlace() {
        assertThat(messages).allSatisfy(message -> assertThat(message.text().split("%s", -1))
                .as(message.code()).hasSize(message.parameters().size() + 1));
    }

    private List<String> codes() {
        return messages.stream().map(OneMessage::code).toList();
    }

    private String categories() {
        return "| Category | What | Levels | Codes |\n| --- | --- | --- | --- |\n" + blocks.stream()
                .map(block -> "| `" + block.category() + "` | " + block.meaning() + " | " + block.levels() + " | "
                        + block.codes() + " |\n").collect(Collectors.joining());
    }

    private String messages(Map<String, String> advice) {
        List<String> rows = new ArrayList<>();
        for (Block block : blocks) {
            for (OneMessage message : block.messages()) {
                rows.add("| `" + message.code() + "` | " + message.level() + " | `" + block.category() + "` | "
                        + message.shown() + " | " + advice.getOrDefault(message.code(), "") + " |\n");
            }
        }
        return "| Code | Level | Category | Message | What to do |\n| --- | --- | --- | --- | --- |\n"
                + String.join("", rows);
    }

    private static String table(String text, String of) {
        return text.substring(begin(text, of), text.indexOf(END, begin(text, of)));
    }

    private static String with(String text, String of, String table) {
        return text.substring(0, begin(text, of)) + table + text.substring(text.indexOf(END, begin(text, of)));
    }

    private static int begin(String text, String of) {
        String mark = "<!-- table of " + of + " -->\n";
        assertThat(text).contains(mark);
        return text.indexOf(mark) + mark.length();
    }
}
