package io.smtpra.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/mailbox.md tells each setting as it is declared. */
class MailboxDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/mailbox.md");

    @Test
    void theTableOfSettingsIsWhatIsDeclared() throws IOException {
        List<String> declared = Arrays.stream(MailboxSetting.values()).map(MailboxDocumentTest::row).toList();
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals("## Settings"))
                .takeWhile(line -> !line.equals("## The interface"))
                .filter(line -> line.startsWith("| `")).toList();
        assertThat(documented).containsExactlyElementsOf(declared);
    }

    static String row(MailboxSetting setting) {
        String value = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
        return "| `" + setting.shortName() + "` | " + value + " | " + setting.meaning() + " |";
    }
}
