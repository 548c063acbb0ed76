package io.smtpra.ra.inbound.smtp;

import static io.smtpra.ra.telemetry.Statistic.AUTH_REFUSED;
import static io.smtpra.ra.telemetry.Statistic.AUTH_SUCCEEDED;
import static io.smtpra.ra.telemetry.Statistic.AUTH_UNAVAILABLE;
import static io.smtpra.ra.telemetry.Statistic.MAILS_ACCEPTED;
import static io.smtpra.ra.telemetry.Statistic.MAILS_DEFERRED;
import static io.smtpra.ra.telemetry.Statistic.MAILS_LOST;
import static io.smtpra.ra.telemetry.Statistic.MAILS_REFUSED;
import static io.smtpra.ra.telemetry.Statistic.OCTETS_ACCEPTED;
import static io.smtpra.ra.telemetry.Statistic.RECIPIENTS_DEFERRED;
import static io.smtpra.ra.telemetry.Statistic.RECIPIENTS_REFUSED;
import static io.smtpra.ra.telemetry.Statistic.SENDERS_REFUSED;
import static io.smtpra.ra.telemetry.Statistic.SESSIONS_SENT_AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.telemetry.Moved;
import io.smtpra.ra.telemetry.Statistic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each conversation moves the figures that it should move, and no other. */
class StatisticsTest {

    private static final String ENVELOPE = """
            C: MAIL FROM:<a@example.net>
            S: 250 2.1.0 Sender ok
            C: RCPT TO:<u@example.com>
            S: 250 2.1.5 Recipient ok
            """;
    private static final String CONTENT = """
            C: DATA
            S: 354 End data with <CR><LF>.<CR><LF>
            C: hello
            C: .
            """;

    @TempDir
    private Path spool;

    @Test
    void aMailIsAccepted() {
        assertMoved(server(), ENVELOPE + CONTENT + "S: 250 2.0.0 Ok: queued as M1\n",
                Map.of(MAILS_ACCEPTED, 1L, OCTETS_ACCEPTED, 7L), Map.of());
    }

    @Test
    void aMailIsDeferred() {
        assertMoved(server().outcome(new DeliveryOutcome.Refused(Reply.of(451, "4.3.0", "Later"))),
                ENVELOPE + CONTENT + "S: 451 4.3.0 Later\n",
                Map.of(MAILS_DEFERRED, 1L), Map.of("451 4.3.0", 1L));
    }

    @Test
    void aMailIsRefused() {
        assertMoved(server().outcome(new DeliveryOutcome.Refused(Reply.of(554, "5.7.1", "Never"))),
                ENVELOPE + CONTENT + "S: 554 5.7.1 Never\n",
                Map.of(MAILS_REFUSED, 1L), Map.of("554 5.7.1", 1L));
    }

    @Test
    void aContentDoesNotEnd() {
        Conversation conversation = server().talk().ehlo().run(ENVELOPE + """
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                """);
        conversation.hangUp();
        assertThat(Moved.counters(conversation.telemetry())).isEqualTo(Map.of(MAILS_LOST, 1L));
    }

    @Test
    void aRecipientIsRefused() {
        assertMoved(server(), """
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<u@elsewhere.test>
                S: 550 5.7.1 Relaying denied
                """, Map.of(RECIPIENTS_REFUSED, 1L), Map.of("550 5.7.1", 1L));
    }

    @Test
    void aRecipientIsDeferred() {
        assertMoved(server().verdict(CompletableFuture.completedFuture(Optional.of(Reply.of(450, "4.2.0", "Full")))), """
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<u@example.com>
                S: 450 4.2.0 Full
                """, Map.of(RECIPIENTS_DEFERRED, 1L), Map.of("450 4.2.0", 1L));
    }

    @Test
    void aSenderIsRefused() {
        assertMoved(server(), """
                C: MAIL FROM:<a@example.net> SIZE=999999999999
                S: 552 5.3.4…
                """, Map.of(SENDERS_REFUSED, 1L), Map.of("552 5.3.4", 1L));
    }

    @Test
    void authenticationEndsInThreeWays() {
        Server server = server().authenticator((credentials, peer) -> CompletableFuture.completedFuture(
                switch (((ClientCredentials.Password) credentials).password()) {
                    case "right" -> new AuthOutcome.Authenticated("alice");
                    case "away" -> new AuthOutcome.Unavailable();
                    default -> new AuthOutcome.Refused();
                }));
        Conversation conversation = Conversation.with(server.protocol(), ListenerKind.SUBMISSION).inTls().ehlo().run("""
                C: AUTH PLAIN %s
                S: 535 5.7.8…
                C: AUTH PLAIN %s
                S: 454 4.7.0…
                C: AUTH PLAIN %s
                S: 235 2.7.0…
                """.formatted(plain("wrong"), plain("away"), plain("right")));
        assertThat(Moved.counters(conversation.telemetry()))
                .isEqualTo(Map.of(AUTH_REFUSED, 1L, AUTH_UNAVAILABLE, 1L, AUTH_SUCCEEDED, 1L));
    }

    @Test
    void aSessionIsSentAway() {
        Conversation conversation = server().talk().ehlo().run("C: NONSENSE\nS: 500…\n".repeat(19) + """
                C: NONSENSE
                S: 421 4.7.0…
                S: (closed)
                """);
        assertThat(Moved.counters(conversation.telemetry())).isEqualTo(Map.of(SESSIONS_SENT_AWAY, 1L));
        assertThat(conversation.offences()).isEqualTo(1);
    }

    private Server server() {
        return new Server(spool);
    }

    private static void assertMoved(
            Server server, String transcript, Map<Statistic, Long> expected, Map<String, Long> replies) {
        Conversation conversation = server.talk().ehlo().run(transcript);
        assertThat(Moved.counters(conversation.telemetry())).isEqualTo(expected);
        assertThat(conversation.telemetry().replies().values()).isEqualTo(replies);
    }

    private static String plain(String password) {
        return Base64.getEncoder().encodeToString(("\0alice\0" + password).getBytes(StandardCharsets.UTF_8));
    }
}
