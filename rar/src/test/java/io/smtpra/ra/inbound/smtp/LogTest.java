package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.smtp.session.LogText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line that the log has of each mail. The test logger writes to the error stream. */
class LogTest {

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
    void tellsOfADeliveredMail() {
        Conversation conversation = server.talk().inTls().ehlo();
        conversation.say("MAIL FROM:<sender@example.net>");
        conversation.say("RCPT TO:<a@example.com>");
        conversation.say("RCPT TO:<b@example.com>");
        conversation.sayAll("BDAT 5 LAST\r\nhello");
        assertThat(mails()).singleElement().asString().matches(".*mail id=M1 session=s1 peer=\\[192\\.0\\.2\\.7]"
                + " helo=client\\.example\\.net listener=smtp tls=TLSv1\\.3/TLS_AES_256_GCM_SHA384 user=none"
                + " from=<sender@example\\.net> to=<a@example\\.com>,<b@example\\.com> recipients=2 size=5"
                + " outcome=\"250 2\\.0\\.0 Ok: queued as M1\" ms=\\d+ message-id=none");
    }

    @Test
    void tellsByWhichMessageIdAMailIsFoundAndNoMoreThanThat() {
        String header = "Subject: x\r\nMESSAGE-ID:\r\n <1\" outcome=\u0007@example.net> behind\r\n\r\n";
        server.talk().withRecipient().sayAll("BDAT " + header.length() + " LAST\r\n" + header);
        assertThat(mails()).singleElement().asString().endsWith(" message-id=<1??outcome=?@example.net>");
    }

    @Test
    void showsTheFirstOfManyRecipients() {
        Conversation conversation = server.talk().ehlo();
        conversation.say("MAIL FROM:<>");
        for (int i = 0; i < 50; i++) {
            conversation.say("RCPT TO:<u" + i + "@example.com>");
        }
        conversation.say("BDAT 0 LAST");
        assertThat(mails()).singleElement().asString()
                .contains("from=<>", "<u9@example.com>,… recipients=50").doesNotContain("<u10@");
    }

    @Test
    void tellsOfARefusedMail() {
        server.limits(Limits.of(limits -> limits.maxMessageSize = 1))
                .talk().withRecipient().sayAll("BDAT 2 LAST\r\nab");
        assertThat(mails()).singleElement().asString().contains("size=2 outcome=\"552 5.3.4 Message too big\"");
    }

    @Test
    void tellsOfAMailThatWasLostOnTheWay() {
        server.talk().withRecipient().send("DATA\r\n").hangUp();
        assertThat(mails()).singleElement().asString().contains("outcome=\"lost: connection ended\"");
    }

    @Test
    void tellsOnceOfAMailThatWasGivenUp() {
        Conversation conversation = server.talk().withRecipient();
        conversation.sayAll("BDAT 2\r\nab");
        conversation.say("RSET");
        conversation.hangUp();
        assertThat(mails()).singleElement().asString().contains("size=2 outcome=\"lost: RSET\"");
    }

    @Test
    void tellsOfARefusedRecipient() {
        Conversation conversation = server.talk().ehlo();
        conversation.say("MAIL FROM:<a@example.net>");
        conversation.say("RCPT TO:<u@elsewhere.test>");
        assertThat(lines()).anyMatch(line -> line.contains("recipient refused session=s1 peer=[192.0.2.7]"
                + " helo=client.example.net listener=smtp from=<a@example.net> to=<u@elsewhere.test>"
                + " outcome=\"550 5.7.1 Relaying denied\""));
    }

    @Test
    void tellsOfAMailThatWasRefusedAtOnce() {
        server.talk().ehlo().say("MAIL FROM:<a@example.net> SIZE=99999999");
        assertThat(lines()).anyMatch(line -> line.contains("mail refused session=s1 peer=[192.0.2.7]"
                + " helo=client.example.net listener=smtp argument=FROM:\\u{3c}a@example.net\\u{3e}\\u{20}SIZE=99999999"
                + " outcome=\"552 5.3.4 Message too big\""));
    }

    @Test
    void tellsOfASessionThatWeEnd() {
        server.limits(Limits.of(limits -> limits.maxErrors = 1)).talk().ehlo().sayAll("XYZZY");
        server.talk().ehlo().sayAll("STARTTLS\r\nNOOP");
        server.talk().send("NOOP\r\n").connect();
        server.talk().ehlo().sayAll("QUIT");
        assertThat(lines().stream().filter(line -> line.contains("session ended"))
                .map(line -> line.substring(line.indexOf("session ended")))).containsExactly(
                "session ended session=s1 peer=[192.0.2.7] helo=client.example.net listener=smtp"
                        + " outcome=\"421 4.7.0 Too many errors, closing\"",
                "session ended session=s1 peer=[192.0.2.7] helo=client.example.net listener=smtp"
                        + " outcome=\"554 5.5.0 Wait for the reply before sending more, closing\"",
                "session ended session=s1 peer=[192.0.2.7] helo= listener=smtp"
                        + " outcome=\"554 Wait for the greeting before sending, closing\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "user@example.com | user@example.com", "jörg | jörg", "用户 | 用户", "a b | a\\u{20}b", "a\\b | a\\u{5c}b"})
    void keepsWhatIsHarmless(String text, String safe) {
        assertThat(LogText.safe(text)).isEqualTo(safe);
    }

    @Test
    void escapesEachControlCharacterAndHasAnEnd() {
        for (char c = 0; c < 0xA0; c++) {
            if (Character.isISOControl(c)) {
                assertThat(LogText.safe("" + c)).startsWith("\\u{");
            }
        }
        assertThat(LogText.safe("\ud800")).isEqualTo("\\u{d800}");
        assertThat(LogText.safe("x".repeat(10_000))).hasSizeLessThan(1_000);
    }

    private List<String> mails() {
        return lines().stream().filter(line -> line.contains(" mail id=")).toList();
    }

    private List<String> lines() {
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
