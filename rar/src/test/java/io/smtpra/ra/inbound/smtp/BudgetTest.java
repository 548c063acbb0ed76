package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Reply;
import io.smtpra.ra.inbound.listener.framing.LineFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a client may get wrong before it is sent away. */
class BudgetTest {

    private static final String TOO_MANY_ERRORS = "421 4.7.0 Too many errors, closing";

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @Test
    void errorsAreAnsweredLaterAndLaterAndThenNoMore() {
        Conversation conversation = server.talk().ehlo();
        for (int i = 1; i < 20; i++) {
            assertThat(conversation.say("XYZZY")).isEqualTo("500 5.5.1 Unknown command");
        }
        conversation.run("C: XYZZY\nS: " + TOO_MANY_ERRORS + "\nS: (closed)");
        assertThat(conversation.delays().stream().map(Duration::toSeconds))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 5L, 5L, 5L, 5L, 5L);
    }

    @Test
    void refusalsForNowAreNoErrors() {
        server.verdict(CompletableFuture.completedFuture(
                Optional.of(Reply.of(451, "4.3.2", "Later"))));
        Conversation conversation = server.talk().ehlo();
        conversation.say("MAIL FROM:<>");
        for (int i = 0; i < 100; i++) {
            assertThat(conversation.say("RCPT TO:<u@example.com>")).isEqualTo("451 4.3.2 Later");
        }
        assertThat(conversation.delays()).isEmpty();
    }

    @Test
    void linesThatAreNoneAreErrors() {
        Conversation conversation = server.limits(Limits.of(limits -> limits.maxErrors = 2)).talk().ehlo()
                .fault(LineFault.BARE_CR).run("S: 500 5.5.2 A line ends in CRLF and holds no CR or LF");
        conversation.fault(LineFault.TOO_LONG).run("S: " + TOO_MANY_ERRORS + "\nS: (closed)");
    }

    @Test
    void refusedChunksAreErrors() {
        server.limits(Limits.of(limits -> limits.maxErrors = 2)).talk().ehlo()
                .send("BDAT 1\r\nxBDAT 1\r\nx").run("""
                        S: 503 5.5.1 Say MAIL first
                        S: 421 4.7.0 Too many errors, closing
                        S: (closed)
                        """);
    }

    @Test
    void refusedContentsAreErrors() {
        server.limits(Limits.of(limits -> {
            limits.maxErrors = 2;
            limits.maxMessageSize = 10;
        })).talk().withRecipient().run("""
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: 12345678901
                C: .
                S: 552 5.3.4 Message too big
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                """).send("a\nb\r\n.\r\n").run("S: " + TOO_MANY_ERRORS + "\nS: (closed)");
    }

    @Test
    void aDeliveredMailMakesGood() {
        Conversation conversation = server.limits(Limits.of(limits -> limits.maxErrors = 3)).talk().ehlo();
        for (int i = 0; i < 5; i++) {
            conversation.say("XYZZY");
            conversation.say("XYZZY");
            deliver(conversation);
        }
        assertThat(conversation.isClosed()).isFalse();
    }

    @Test
    void mailsInOneSessionHaveALimit() {
        Conversation conversation =
                server.limits(Limits.of(limits -> limits.maxTransactionsPerSession = 2)).talk().ehlo();
        deliver(conversation);
        deliver(conversation);
        conversation.run("""
                C: MAIL FROM:<>
                S: 421 4.7.0 Too many mails in one session, closing
                S: (closed)
                """);
    }

    private static void deliver(Conversation conversation) {
        conversation.say("MAIL FROM:<>");
        conversation.say("RCPT TO:<u@example.com>");
        assertThat(conversation.say("BDAT 0 LAST")).startsWith("250");
    }

    /** A session keeps what it began with: its SIZE has been announced. */
    @Test
    void limitsThatAreChangedHoldForTheSessionsThatBeginThen() {
        SmtpServerProtocol protocol = server.protocol();
        Conversation before = Conversation.with(protocol).ehlo();
        protocol.limits().change(now -> Limits.of(limits -> {
            limits.maxErrors = 1;
            limits.maxMessageSize = 10;
            limits.maxRecipients = 100;
        }));
        assertThat(before.say("XYZZY")).isEqualTo("500 5.5.1 Unknown command");
        assertThat(before.say("MAIL FROM:<> SIZE=11")).startsWith("250 ");

        Conversation after = Conversation.with(protocol).ehlo();
        assertThat(after.say("MAIL FROM:<> SIZE=11")).isEqualTo("421 4.7.0 Too many errors, closing");

        Conversation full = Conversation.with(protocol).ehlo();
        full.say("MAIL FROM:<>");
        for (int i = 0; i < 100; i++) {
            assertThat(full.say("RCPT TO:<u" + i + "@example.com>")).startsWith("250 ");
        }
        assertThat(full.say("RCPT TO:<more@example.com>")).startsWith("452 4.5.3 ");
    }
}
