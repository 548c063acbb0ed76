package io.smtpra.ra.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/statistics.md has each figure as it is declared. Run with {@code -Dreference.update=true} it writes them anew. */
class StatisticsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "statistics.md");
    private static final String BEGIN = "<!-- table of statistics -->\n";
    private static final String END = "<!-- end of table -->";

    @Test
    void theTableIsWhatIsDeclared() throws Exception {
        String text = Files.readString(DOCUMENT);
        assertThat(text).contains(BEGIN, END);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END, from);
        String expected = "| Name | Kind | Unit | Meaning | Meter | Since |\n| --- | --- | --- | --- | --- | --- |\n"
                + Arrays.stream(Statistic.values()).map(StatisticsDocumentTest::row).collect(Collectors.joining());
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(DOCUMENT, text.substring(0, from) + expected + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to)).isEqualTo(expected);
    }

    private static String row(Statistic statistic) {
        return "| `" + statistic.attribute() + "` | " + statistic.kind().name().toLowerCase(Locale.ROOT) + " | "
                + statistic.unit() + " | " + statistic.description() + " | `" + statistic.meter() + "` | 1.0 |\n";
    }
}
