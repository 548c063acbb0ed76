package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client says, made to look like lines or fields of the log that are not. */
class LogForgeryTest {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
    }

    @Test
    void addressesForgeNoField() {
        Conversation conversation = server.talk().ehlo();
        conversation.say("MAIL FROM:<\"x> outcome=250 <y\"@example.net> SMTPUTF8");
        conversation.say("RCPT TO:<\"a\u2028b\u202e\"@example.com>");
        conversation.say("BDAT 0 LAST");
        assertThat(lines("mail id=")).singleElement().asString()
                .contains("from=<\\u{22}x\\u{3e}\\u{20}outcome=250\\u{20}\\u{3c}y\\u{22}@example.net>")
                .contains("\\u{2028}", "\\u{202e}");
    }

    @Test
    void refusedArgumentsForgeNoLine() {
        Conversation conversation = server.talk().ehlo();
        conversation.say("MAIL FROM:<a@b> mail id=FORGED outcome=\"250 2.0.0 Ok\"");
        conversation.say("MAIL FROM:<a\u2028mail id=FORGED\u0085>");
        assertThat(lines("FORGED")).singleElement().asString().contains("mail refused session=s1", "\\u{20}id=FORGED")
                .doesNotContain(" id=FORGED").doesNotContain("\"250");
    }

    @Test
    void namesForgeNoField() {
        Conversation conversation = server.talk().greeted();
        conversation.sayAll("EHLO a=b");
        conversation.say("MAIL FROM:<>");
        conversation.say("RCPT TO:<u@example.com>");
        conversation.say("BDAT 0 LAST");
        conversation.sayAll("EHLO x listener=forged");
        assertThat(conversation.say("MAIL FROM:<x")).startsWith("501");
        assertThat(lines("mail id=")).singleElement().asString().contains(" helo=a=b listener=smtp ");
        assertThat(lines("forged")).singleElement().asString().contains(" helo=x\\u{20}listener=forged listener=smtp ");
    }

    private List<String> lines(String with) {
        return log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(with)).toList();
    }
}
