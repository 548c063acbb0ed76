package io.smtpra.queue.bean;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/queue.md tells each setting as it is declared. */
class QueueDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/queue.md");

    @Test
    void theTableOfSettingsIsWhatIsDeclared() throws IOException {
        List<String> declared = Arrays.stream(Setting.values()).map(QueueDocumentTest::row).toList();
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals("## Settings"))
                .takeWhile(line -> !line.equals("## What becomes of a mail"))
                .filter(line -> line.startsWith("| `")).toList();
        assertThat(documented).containsExactlyElementsOf(declared);
    }

    private static String row(Setting setting) {
        String value = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
        return "| `" + setting.shortName() + "` | " + value + " | " + setting.meaning() + " |";
    }
}
