package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever wants to be somebody tries passwords: of one user or of many, from one address or from many. */
class PasswordGuessingTest {

    private static final String GOOD = base64("\0alice\0secret");
    private static final String BAD = base64("\0alice\0wrong");

    @TempDir
    private Path spool;
    private Server server;
    private final List<ClientCredentials> seen = new ArrayList<>();

    @BeforeEach
    void start() {
        server = new Server(spool).authenticator((credentials, peer) -> {
            seen.add(credentials);
            return CompletableFuture.completedFuture(((ClientCredentials.Password) credentials).password().equals("secret")
                    ? new AuthOutcome.Authenticated("alice")
                    : new AuthOutcome.Refused());
        });
    }

    @Test
    void answersComeLaterWithEachFailureAndEndTheSession() {
        Conversation conversation = from(server.protocol(), "192.0.2.7");
        for (int i = 0; i < 4; i++) {
            conversation.run("C: AUTH PLAIN " + BAD + "\nS: 535 5.7.8 Authentication credentials invalid");
        }
        conversation.run("C: AUTH PLAIN " + BAD
                + "\nS: 421 4.7.0 Too many failed authentications, closing\nS: (closed)");
        assertThat(conversation.delays()).containsExactly(
                Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4),
                Duration.ofSeconds(5));
    }

    @Test
    void anAddressThatFailsTooOftenIsShutOut() {
        SmtpServerProtocol protocol = server.protocol();
        for (int i = 0; i < 20; i++) {
            String attempt = base64("\0user" + i + "\0wrong");
            assertThat(from(protocol, "2001:db8::" + i).say("AUTH PLAIN " + attempt)).matches("(535|421).*");
        }
        assertThat(from(protocol, "2001:db8::ffff").say("AUTH PLAIN " + GOOD))
                .as("the whole network").startsWith("421 4.7.0");
        assertThat(from(protocol, "2001:db8:0:1::1").say("AUTH PLAIN " + GOOD)).startsWith("235");
    }

    @Test
    void whoFailsAsAUserIsShutOutAsThisUserAndNobodyElseIs() {
        SmtpServerProtocol protocol = server.protocol();
        for (int i = 0; i < 10; i++) {
            assertThat(from(protocol, "192.0.2.1").say("AUTH PLAIN " + BAD)).startsWith("535");
        }
        seen.clear();
        assertThat(from(protocol, "192.0.2.1").say("AUTH PLAIN " + base64("\0Alice\0secret")))
                .startsWith("421 4.7.0");
        assertThat(seen).as("not even tried").isEmpty();

        assertThat(from(protocol, "192.0.2.2").say("AUTH PLAIN " + GOOD)).as("the owner").startsWith("235");
        assertThat(from(protocol, "192.0.2.1").say("AUTH PLAIN " + base64("\0bob\0wrong"))).startsWith("535");
    }

    private static Conversation from(SmtpServerProtocol protocol, String peer) {
        return Conversation.with(protocol, ListenerKind.SUBMISSIONS, peer).inTls().ehlo();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
