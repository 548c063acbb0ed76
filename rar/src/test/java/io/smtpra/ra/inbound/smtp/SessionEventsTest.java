package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Reply;
import io.smtpra.event.AuthenticationFailed;
import io.smtpra.event.ClientAuthenticated;
import io.smtpra.event.ReceivedMailEvent;
import io.smtpra.event.RecipientRefused;
import io.smtpra.event.SenderRefused;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.telemetry.HeardEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each conversation tells the events that it should, and no other. */
class SessionEventsTest {

    private static final String CONTENT = """
            C: DATA
            S: 354 End data with <CR><LF>.<CR><LF>
            C: Message-ID: <1@example.net>
            C:
            C: hello
            C: .
            """;

    @TempDir
    private Path spool;
    private HeardEvents heard;

    @Test
    void aMailIsAccepted() {
        Conversation conversation = listen(new Server(spool).talk()).ehlo();
        conversation.say("MAIL FROM:<a@example.net>");
        for (int i = 0; i < 12; i++) {
            conversation.say("RCPT TO:<u" + i + "@example.com>");
        }
        conversation.run(CONTENT + "S: 250 2.0.0 Ok: queued as M1\n");

        ReceivedMailEvent.Accepted event = (ReceivedMailEvent.Accepted) heard.single();
        assertThat(event.session()).isEqualTo("s1");
        assertThat(event.peer().heloName()).isEqualTo("client.example.net");
        assertThat(event.mail().id()).isEqualTo("M1");
        assertThat(event.mail().messageId()).contains("<1@example.net>");
        assertThat(event.mail().path().reversePath()).hasToString("Optional[a@example.net]");
        assertThat(event.mail().path().recipients()).hasSize(10);
        assertThat(event.mail().path().recipientCount()).isEqualTo(12);
        assertThat(event.mail().size()).isEqualTo(38);
        assertThat(event.reply()).hasToString("250 2.0.0 Ok: queued as M1");
    }

    @Test
    void aMailIsDeferred() {
        withRecipient(new Server(spool).outcome(new DeliveryOutcome.Refused(Reply.of(451, "4.3.0", "Later"))))
                .run(CONTENT + "S: 451 4.3.0 Later\n");
        assertThat(heard.single()).isInstanceOfSatisfying(ReceivedMailEvent.Deferred.class,
                event -> assertThat(event.reply()).hasToString("451 4.3.0 Later"));
    }

    @Test
    void aMailIsRefused() {
        withRecipient(new Server(spool).outcome(new DeliveryOutcome.Refused(Reply.of(554, "5.7.1", "Never"))))
                .run(CONTENT + "S: 554 5.7.1 Never\n");
        assertThat(heard.single()).isInstanceOfSatisfying(ReceivedMailEvent.Refused.class,
                event -> assertThat(event.reply()).hasToString("554 5.7.1 Never"));
    }

    @Test
    void aMailIsNotFinished() {
        Conversation conversation = withRecipient(new Server(spool));
        conversation.sayAll("BDAT 29\r\nMessage-ID: <1@example.net>\r\n");
        conversation.hangUp();
        assertThat(heard.single()).isInstanceOfSatisfying(ReceivedMailEvent.Unfinished.class, event -> {
            assertThat(event.reason()).isEqualTo("connection ended");
            assertThat(event.mail().messageId()).contains("<1@example.net>");
        });
    }

    @Test
    void aRecipientIsRefused() {
        Conversation conversation = listen(new Server(spool).talk()).ehlo();
        conversation.say("MAIL FROM:<a@example.net>");
        conversation.say("RCPT TO:<u@elsewhere.test>");
        assertThat(heard.single()).isInstanceOfSatisfying(RecipientRefused.class, event -> {
            assertThat(event.mail()).isEqualTo("M1");
            assertThat(event.recipient()).hasToString("u@elsewhere.test");
            assertThat(event.reply().code()).isEqualTo(550);
        });
    }

    @Test
    void aSenderIsRefusedAndShownWithoutControlCharacters() {
        listen(new Server(spool).talk()).ehlo().say("MAIL FROM:<a@\u00e9" + "b".repeat(400) + "> FORGED=\"1");
        assertThat(heard.single()).isInstanceOfSatisfying(SenderRefused.class, event -> {
            assertThat(event.argument()).startsWith("FROM:\\u{3c}a@").hasSizeLessThanOrEqualTo(320);
            assertThat(event.argument().chars()).noneMatch(Character::isISOControl);
            assertThat(event.reply().code()).isBetween(500, 559);
        });
    }

    @Test
    void clientsAuthenticateAndFailTo() {
        Server server = new Server(spool).authenticator((credentials, peer) -> CompletableFuture.completedFuture(
                switch (((ClientCredentials.Password) credentials).password()) {
                    case "right" -> new AuthOutcome.Authenticated("alice");
                    case "away" -> new AuthOutcome.Unavailable();
                    default -> new AuthOutcome.Refused();
                }));
        listen(Conversation.with(server.protocol(), ListenerKind.SUBMISSION)).inTls().ehlo().run("""
                C: AUTH PLAIN %s
                S: 535 5.7.8…
                C: AUTH PLAIN %s
                S: 454 4.7.0…
                C: AUTH PLAIN %s
                S: 235 2.7.0…
                """.formatted(plain("wrong"), plain("away"), plain("right")));

        assertThat(heard.events()).hasSize(3).noneMatch(event -> event.toString().contains("wrong"));
        assertThat(((AuthenticationFailed) heard.events().get(0)).cause())
                .isEqualTo(AuthenticationFailed.Cause.WRONG_CREDENTIALS);
        assertThat(((AuthenticationFailed) heard.events().get(0)).claimedUser()).contains("alice");
        assertThat(((AuthenticationFailed) heard.events().get(1)).cause()).isEqualTo(AuthenticationFailed.Cause.UNAVAILABLE);
        assertThat(((ClientAuthenticated) heard.events().get(2)).user()).isEqualTo("alice");
        assertThat(((ClientAuthenticated) heard.events().get(2)).mechanism()).isEqualTo("PLAIN");
    }

    private Conversation withRecipient(Server server) {
        return listen(server.talk().withRecipient());
    }

    private Conversation listen(Conversation conversation) {
        heard = HeardEvents.of(conversation.telemetry());
        return conversation;
    }

    private static String plain(String password) {
        return Base64.getEncoder().encodeToString(("\0alice\0" + password).getBytes(StandardCharsets.UTF_8));
    }
}
