package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.rules.BareNewlinePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a content, good and bad. The session goes on after each. */
class ContentTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @Test
    void passesAnyOctetUnharmed() {
        byte[] octets = new byte[256];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        String sent = new String(octets, StandardCharsets.ISO_8859_1).replace("\n", "").replace("\r", "") + "\r\n";
        data(server.talk().withRecipient(), sent, "250 2.0.0 Ok: queued as M1");
        assertThat(server.sent()).isEqualTo(sent);
    }

    /** RFC 1870 section 5: CRLFs count; the dots of dot-stuffing do not, nor does what we put before it. */
    @Test
    void countsAsItWasMeantToBe() {
        server.limits(Limits.of(limits -> limits.maxMessageSize = 100));
        Conversation conversation = server.talk().withRecipient();
        data(conversation, "..\r\n".repeat(33) + "\r\n", "552 5.3.4 Message too big");
        again(conversation);
        data(conversation, "..\r\n".repeat(32) + "ab\r\n", "250 2.0.0 Ok: queued as M2");
        assertThat(server.sent()).hasSize(100);
    }

    @Test
    void isRefusedPastTheLimitAndTakenAtIt() {
        server.limits(Limits.of(limits -> limits.maxMessageSize = 100));
        Conversation conversation = server.talk().withRecipient();
        data(conversation, "x".repeat(98) + "\r\n", "250 2.0.0 Ok: queued as M1");
        again(conversation);
        data(conversation, "x".repeat(99) + "\r\n", "552 5.3.4 Message too big");
        assertThat(server.mails()).hasSize(1);
        assertThat(server.memoryInUse()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "a\n\nb\r\n", "\n.\nb\r\n", "\r.\rb\r\n"})
    void isRefusedForABareNewline(String content) {
        Conversation conversation = server.talk().withRecipient();
        data(conversation, content, "550 5.6.11 The content holds a CR or LF alone");
        again(conversation);
        data(conversation, "good\r\n", "250 2.0.0 Ok: queued as M2");
        assertThat(server.sent()).isEqualTo("good\r\n");
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void isTakenWithABareNewlineWhereThatIsAllowed() {
        data(server.bareNewline(BareNewlinePolicy.ACCEPT_AS_DATA).talk().withRecipient(), "a\nb\rc\r\n",
                "250 2.0.0 Ok: queued as M1");
        assertThat(server.sent()).isEqualTo("a\nb\rc\r\n");
    }

    @Test
    void isRefusedForNowWhenItCannotBeStored() {
        Conversation conversation = server.talk().withRecipient();
        removeSpool();
        data(conversation, "x".repeat(200_000) + "\r\n", "452 4.3.1 Insufficient storage");
        again(conversation);
        data(conversation, "small\r\n", "250 2.0.0 Ok: queued as M2");
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void isRefusedAtTheChunkThatCannotBeStored() {
        Conversation conversation = server.talk().withRecipient();
        removeSpool();
        conversation.send("BDAT 200000\r\n" + "x".repeat(200_000)).run("S: 452 4.3.1 Insufficient storage")
                .send("BDAT 2 LAST\r\nab").run("S: 503 5.5.1 Say MAIL first");
        again(conversation);
        conversation.send("BDAT 2 LAST\r\nab").run("S: 250 2.0.0 Ok: queued as M2");
        assertThat(server.sent()).isEqualTo("ab");
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void isAnsweredWhateverTheSinkSaysInWhateverLength() {
        server.outcome(new DeliveryOutcome.Refused(Reply.of(554, "5.7.1", "ä" + "x".repeat(600))));
        Conversation conversation = server.talk().withRecipient();
        data(conversation, "a\r\n", "554-5.7.1 ?" + "x".repeat(479) + "\nS: 554 5.7.1 " + "x".repeat(121));
    }

    @Test
    void isFreedWhenTheSinkBreaks() {
        server.breakSink();
        data(server.talk().withRecipient(), "a\r\n", "451 4.3.0 Local error, try again later");
        assertThat(server.memoryInUse()).isZero();
    }

    private static void data(Conversation conversation, String content, String reply) {
        conversation.run("C: DATA\nS: 354 End data with <CR><LF>.<CR><LF>")
                .send((content + ".\r\n").getBytes(StandardCharsets.ISO_8859_1))
                .run("S: " + reply);
    }

    private static void again(Conversation conversation) {
        conversation.run("""
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                """);
    }

    private void removeSpool() {
        try (Stream<Path> files = Files.walk(spool)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            Files.createFile(spool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
