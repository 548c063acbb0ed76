package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever wants to know which addresses there are tries them, one by one. */
class AddressHarvestTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @Test
    void guessesAreCountedDeliveredMailsNotwithstanding() {
        Conversation conversation =
                server.limits(Limits.of(limits -> limits.maxUnknownRecipients = 5)).talk().ehlo();
        for (int i = 0; i < 4; i++) {
            conversation.say("MAIL FROM:<>");
            assertThat(conversation.say("RCPT TO:<guess" + i + "@elsewhere.test>")).startsWith("550");
            conversation.say("RSET");
            deliver(conversation);
        }
        conversation.say("MAIL FROM:<>");
        conversation.run("""
                C: RCPT TO:<guess@elsewhere.test>
                S: 421 4.7.0 Too many unknown recipients, closing
                S: (closed)
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VRFY user", "VRFY nobody", "VRFY user@example.com", "VRFY user@elsewhere.test"})
    void vrfyTellsNothing(String question) {
        assertThat(server.talk().ehlo().say(question))
                .isEqualTo("252 2.5.0 Cannot verify, but will take mail for it");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void expnTellsNothing() {
        assertThat(server.talk().ehlo().say("EXPN staff")).isEqualTo("502 5.5.1 Command not implemented");
    }

    private static void deliver(Conversation conversation) {
        conversation.say("MAIL FROM:<>");
        conversation.say("RCPT TO:<u@example.com>");
        assertThat(conversation.say("BDAT 0 LAST")).startsWith("250");
    }
}
