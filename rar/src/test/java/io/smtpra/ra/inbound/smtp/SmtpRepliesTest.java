package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.protocols.api.StartTlsResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmtpRepliesTest {

    static Stream<SmtpReply> all() throws IllegalAccessException {
        List<SmtpReply> replies = new ArrayList<>();
        for (Field field : SmtpReplies.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && SmtpReply.class.isAssignableFrom(field.getType())) {
                replies.add((SmtpReply) field.get(null));
            }
        }
        return replies.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void hasAnEnhancedStatusCodeOfItsClass(SmtpReply reply) {
        if (reply == SmtpReplies.SEND_CONTENT || reply == SmtpReplies.EARLY_TALKER) {
            assertThat(reply.enhancedStatusCode()).isEmpty();
        } else {
            assertThat(reply.enhancedStatusCode().orElseThrow().statusClass()).isEqualTo(reply.code() / 100);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void isShortAndPlain(SmtpReply reply) {
        assertThat(reply.getLines()).singleElement().satisfies(line -> assertThat(line.toString())
                .hasSizeLessThan(510).startsWith(reply.getRetCode() + " ").matches("[ -~]+"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void closesTheSessionAsItSays(SmtpReply reply) {
        boolean says = reply.toString().endsWith("closing") || reply == SmtpReplies.BYE;
        assertThat(reply.isEndSession()).isEqualTo(says);
        assertThat(reply.code() != 421 || reply.isEndSession()).isTrue();
    }

    @Test
    void startsTlsWithEnhancedStatusCodesAndWithout() {
        assertThat(SmtpReplies.READY_FOR_TLS).isInstanceOf(StartTlsResponse.class);
        SmtpReply plain = SmtpReplies.READY_FOR_TLS.withoutEnhancedStatusCode();
        assertThat(plain).isInstanceOf(StartTlsResponse.class).hasToString("220 Ready to start TLS");
    }

    @Test
    void fromOutsideIsMadeFitForTheWire() {
        Reply reply = new Reply(550, Optional.empty(), List.of("", "größer", "x".repeat(960)));
        assertThat(SmtpReply.from(reply).getLines()).extracting(CharSequence::toString)
                .containsExactly("550-", "550-gr??er", "550-" + "x".repeat(480), "550 " + "x".repeat(480));
        Reply endless = new Reply(550, Optional.empty(), List.of("x".repeat(100_000)));
        assertThat(SmtpReply.from(endless).getLines()).hasSize(20);
    }

    @Test
    void fromOutsideClosesTheSessionWith421() {
        assertThat(SmtpReply.from(Reply.of(421, "4.3.2", "Stopping")).isEndSession()).isTrue();
        assertThat(SmtpReply.from(Reply.of(451, "4.3.2", "Later")).isEndSession()).isFalse();
    }

    @Test
    void losesItsEnhancedStatusCodeWhereThatIsSwitchedOff(@TempDir Path spool) {
        new Server(spool).off(Extension.ENHANCED_STATUS_CODES).talk().ehlo().run("""
                C: XYZZY
                S: 500 Unknown command
                C: MAIL FROM:<>
                S: 250 Sender ok
                C: RCPT TO:<u@elsewhere.test>
                S: 550 Relaying denied
                C: RCPT TO:<u@example.com>
                S: 250 Recipient ok
                C: BDAT 0
                S: 250 Chunk ok
                C: BDAT 0 LAST
                S: 250 Ok: queued as M1
                C: BDAT 0 LAST
                S: 503 Say MAIL first
                C: STARTTLS
                S: 220 Ready to start TLS
                C: QUIT
                S: 221 Bye
                S: (closed)
                """);
    }
}
