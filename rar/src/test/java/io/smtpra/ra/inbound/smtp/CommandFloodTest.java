package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Reply;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands without end that cost their sender nothing, each of them harmless. */
class CommandFloodTest {

    private static final String TOO_MANY_ERRORS = "421 4.7.0 Too many errors, closing";

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @Test
    void commandsThatBringNoMailBecomeErrors() {
        Conversation conversation = server
                .limits(Limits.of(limits -> {
                    limits.maxJunkCommands = 10;
                    limits.maxErrors = 2;
                })).talk().ehlo();
        for (int i = 1; i < 10; i++) {
            assertThat(conversation.say("NOOP")).startsWith("250");
        }
        assertThat(conversation.say("RSET")).as("one too many, once").startsWith("250");
        conversation.run("C: NOOP\nS: " + TOO_MANY_ERRORS + "\nS: (closed)");
    }

    /** Each is answered with 250, and none of them gets the mail any further. */
    @ParameterizedTest
    @ValueSource(strings = {"RCPT TO:<user@example.com>", "BDAT 0"})
    void commandsThatChangeNothingBecomeErrors(String command) {
        Conversation conversation = server.limits(Limits.of(limits -> {
            limits.maxJunkCommands = 10;
            limits.maxErrors = 2;
        })).talk().withRecipient();
        for (int i = 1; i < 11; i++) {
            assertThat(conversation.say(command)).startsWith("250");
        }
        conversation.run("C: " + command + "\nS: " + TOO_MANY_ERRORS + "\nS: (closed)");
    }

    @Test
    void refusalsForNowHaveAnEnd() {
        server.verdict(CompletableFuture.completedFuture(
                Optional.of(Reply.of(451, "4.3.2", "Later"))));
        Conversation conversation = server.talk().ehlo();
        conversation.say("MAIL FROM:<>");
        for (int i = 0; i < 1_000 + 19; i++) {
            assertThat(conversation.say("RCPT TO:<u@example.com>")).isEqualTo("451 4.3.2 Later");
        }
        conversation.run("C: RCPT TO:<u@example.com>\nS: " + TOO_MANY_ERRORS + "\nS: (closed)");
    }
}
