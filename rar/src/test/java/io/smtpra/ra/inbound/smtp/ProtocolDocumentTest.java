package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.rules.Verb.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/protocol.md says is what the code does. */
class ProtocolDocumentTest {

    private static List<String> lines;

    @BeforeAll
    static void read() throws IOException {
        lines = Files.readAllLines(Path.of("..", "docs", "protocol.md"));
    }

    @Test
    void hasARowForEachVerbAndNoOther() {
        List<String> rows = lines.stream().dropWhile(line -> !line.startsWith("| Verb ")).skip(2)
                .takeWhile(line -> line.startsWith("|")).toList();
        assertThat(rows).containsExactlyElementsOf(
                Arrays.stream(Verb.values()).map(ProtocolDocumentTest::row).toList());
    }

    static Stream<SmtpReply> replies() throws IllegalAccessException {
        return SmtpRepliesTest.all();
    }

    @ParameterizedTest
    @MethodSource("replies")
    void hasARowForEachReply(SmtpReply reply) {
        assertThat(lines).anyMatch(line -> line.startsWith("| `" + reply + "` |"));
    }

    @Test
    void hasNoReplyThatIsNeverGiven() throws IllegalAccessException {
        List<String> known = replies().map(SmtpReply::toString).toList();
        assertThat(lines.stream().dropWhile(line -> !line.equals("### Fixed")).skip(4)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|")[1].strip())
                .filter(cell -> !cell.contains("…") && !cell.contains("queued as"))
                .map(cell -> cell.substring(1, cell.length() - 1)))
                .allMatch(known::contains);
        assertThat(lines).anyMatch(line -> line.startsWith("| `" + SmtpReplies.delivered("ID") + "` |"));
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void namesEachSwitch(Extension extension) {
        assertThat(lines).anyMatch(line -> line.contains("`" + extension.configurationName() + "`"));
    }

    private static String row(Verb verb) {
        String mail = verb.is(Flag.NEEDS_TRANSACTION) ? "needs one"
                : verb.is(Flag.NOT_IN_TRANSACTION) ? "not within" : "any";
        String pipelining = verb.pipelining().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String row = String.join(" | ", "| " + verb.name(), "`" + verb.syntax() + "`",
                Integer.toString(verb.longestLine()), pipelining, yes(verb, Flag.BEFORE_TLS),
                yes(verb, Flag.BEFORE_HELLO), yes(verb, Flag.BEFORE_AUTH), mail, yes(verb, Flag.JUNK),
                verb.extension().map(Extension::configurationName).orElse(""));
        return row.stripTrailing() + " |";
    }

    private static String yes(Verb verb, Flag flag) {
        return verb.is(flag) ? "yes" : "no";
    }
}
