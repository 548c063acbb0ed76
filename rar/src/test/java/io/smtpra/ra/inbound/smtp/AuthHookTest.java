package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.hosting.HookThreads;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookResultHook;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks that others have written, and that know users. */
class AuthHookTest {

    private static final String REFUSED = "535 5.7.8 Authentication credentials invalid";
    private static final String UNAVAILABLE = "454 4.7.0 Authentication is not available for now";

    @TempDir
    private Path spool;
    private Server server;
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() {
        server = new Server(spool).noSecurityDomain();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
    }

    /** Notes what it is asked. */
    private UserHook.Users noting(UserHook.Users users) {
        return (session, username, password) -> {
            asked.add(username.asString() + " " + password);
            return users.check(session, username, password);
        };
    }

    private UserHook saying(HookResult result) {
        return new UserHook(noting((session, username, password) -> result));
    }

    private UserHook knowing(String user, String password) {
        return new UserHook(noting((session, username, tried) -> !username.asString().equals(user) ? HookResult.DECLINED
                : tried.equals(password) ? HookResult.OK : HookResult.DENY));
    }

    /** What throws lets nobody in, and is passed on to nobody who might. */
    private UserHook.Users failing() {
        return noting((session, username, password) -> {
            session.setUsername(username);
            throw new IllegalStateException("no database");
        });
    }

    private void domainKnows(String user, String password) {
        server.authenticator((credentials, peer) -> {
            asked.add("domain " + credentials.claimedUser().orElse("-"));
            boolean good = credentials instanceof ClientCredentials.Password shown
                    && shown.user().equals(user) && shown.password().equals(password);
            return CompletableFuture.completedFuture(
                    good ? new AuthOutcome.Authenticated(user) : new AuthOutcome.Refused());
        });
    }

    private Conversation ready() {
        return from(server.protocol(), "192.0.2.7");
    }

    private static Conversation from(SmtpServerProtocol protocol, String peer) {
        return Conversation.with(protocol, ListenerKind.SUBMISSIONS, peer).inTls().ehlo();
    }

    private static String plain(String user, String password) {
        return "AUTH PLAIN " + base64("\0" + user + "\0" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void okLetsTheUserIn() {
        server.hook(knowing("alice", "secret"));
        ready().run("""
                C: MAIL FROM:<alice@example.com>
                S: 530 5.7.0 Authentication required
                C: %s
                S: 235 2.7.0 Authenticated
                C: MAIL FROM:<alice@example.com>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """.formatted(plain("alice", "secret")));
        assertThat(server.mail().peer().authenticatedUser()).contains("alice");
        assertThat(server.mail().caller()).as("the server knows no users").isEmpty();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("user=alice").doesNotContain("secret");
    }

    @Test
    void whoeverTheHookKnowsIsTheCallerWhereTheServerHasUsers() {
        domainKnows("bob", "secret");
        server.hook(knowing("alice", "secret"));
        ready().run("""
                C: %s
                S: 235 2.7.0 Authenticated
                C: MAIL FROM:<alice@example.com>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """.formatted(plain("alice", "secret")));
        assertThat(server.mail().caller()).isPresent();
        assertThat(asked).containsExactly("alice secret");
    }

    @Test
    void loginAsksTheHooksToo() {
        server.hook(knowing("alice", "secret"));
        ready().run("""
                C: AUTH LOGIN
                S: 334 VXNlcm5hbWU6
                C: %s
                S: 334 UGFzc3dvcmQ6
                C: %s
                S: 235 2.7.0 Authenticated
                """.formatted(base64("alice"), base64("secret")));
    }

    @Test
    void isOfferedWithinTlsOnPortsThatHaveIt() {
        server.hook(saying(HookResult.OK));
        assertThat(Conversation.with(server.protocol(), ListenerKind.SUBMISSIONS).inTls().greeted()
                .sayAll("EHLO a.example")).contains("250-AUTH PLAIN LOGIN");
        Conversation plainText = Conversation.with(server.protocol(), ListenerKind.SUBMISSION).greeted();
        assertThat(plainText.sayAll("EHLO a.example")).noneMatch(line -> line.contains("AUTH"));
        assertThat(plainText.say(plain("alice", "secret"))).startsWith("538 5.7.11");
        assertThat(server.talk().inTls().greeted().sayAll("EHLO a.example")).noneMatch(line -> line.contains("AUTH"));
        assertThat(asked).isEmpty();
    }

    private static HookResult result(HookReturnCode code, String smtpCode, String text) {
        return HookResult.builder().hookReturnCode(code).smtpReturnCode(smtpCode).smtpDescription(text).build();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(HookResult.DENY, REFUSED),
                Arguments.of(HookResult.DENYSOFT, UNAVAILABLE),
                Arguments.of(result(HookReturnCode.deny(), "535", "Authentication Failed"),
                        "535 5.7.8 Authentication Failed"),
                Arguments.of(result(HookReturnCode.deny(), "534", "5.7.9 Too weak"), "534 5.7.9 Too weak"),
                // a code that refuses nothing, or is none
                Arguments.of(result(HookReturnCode.deny(), "235", "Welcome"), "535 5.7.8 Welcome"),
                Arguments.of(result(HookReturnCode.denySoft(), "4", "Later"), "454 4.7.0 Later"),
                Arguments.of(result(HookReturnCode.denySoft(), "432", "4.7.12 New password needed"),
                        "432 4.7.12 New password needed"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsSaidAsTheHookSaysIt(HookResult result, String reply) {
        domainKnows("alice", "secret");
        server.hook(saying(result)).hook(saying(HookResult.OK));
        ready().run("""
                C: %s
                S: %s
                C: MAIL FROM:<alice@example.com>
                S: 530 5.7.0 Authentication required
                """.formatted(plain("alice", "secret"), reply));
        assertThat(asked).as("nobody else").containsExactly("alice secret");
    }

    static Stream<Arguments> farewells() {
        return Stream.of(
                Arguments.of(HookReturnCode.disconnected(Action.OK), "235 2.7.0 Authenticated"),
                Arguments.of(HookReturnCode.disconnected(Action.DENY), REFUSED),
                Arguments.of(HookReturnCode.disconnected(Action.DENYSOFT), UNAVAILABLE),
                Arguments.of(HookReturnCode.disconnected(Action.NONE), REFUSED));
    }

    @ParameterizedTest
    @MethodSource("farewells")
    void disconnectedEndsTheSession(HookReturnCode code, String reply) {
        server.hook(saying(HookResult.builder().hookReturnCode(code).build()));
        ready().run("C: " + plain("alice", "secret") + "\nS: " + reply + "\nS: (closed)");
    }

    @Test
    void declinedIsForTheSecurityDomain() {
        domainKnows("bob", "secret");
        server.hook(knowing("alice", "secret")).hook(saying(null));
        ready().run("""
                C: %s
                S: %s
                C: %s
                S: 235 2.7.0 Authenticated
                """.formatted(plain("bob", "wrong"), REFUSED, plain("bob", "secret")));
        assertThat(asked).containsExactly(
                "bob wrong", "bob wrong", "domain bob", "bob secret", "bob secret", "domain bob");
    }

    @Test
    void declinedByAllIsARefusalWhereThereIsNoSecurityDomain() {
        server.hook(saying(HookResult.DECLINED));
        ready().run("C: " + plain("bob", "secret") + "\nS: " + REFUSED);
    }

    @Test
    void hooksAreAskedInOrderUntilOneAnswers() {
        server.hook(knowing("alice", "secret")).hook(knowing("bob", "secret")).hook(saying(HookResult.DENY));
        ready().run("C: " + plain("alice", "secret") + "\nS: 235 2.7.0 Authenticated");
        ready().run("C: " + plain("bob", "secret") + "\nS: 235 2.7.0 Authenticated");
        ready().run("C: " + plain("carol", "secret") + "\nS: " + REFUSED);
        assertThat(asked).containsExactly("alice secret", "bob secret", "bob secret",
                "carol secret", "carol secret", "carol secret");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExceptionLetsNobodyIn(boolean quick) {
        domainKnows("alice", "secret");
        UserHook hook = quick ? new UserHook.Quick(failing()) : new UserHook(failing());
        server.hook(hook).hook(saying(HookResult.OK));
        ready().run("""
                C: %s
                S: %s
                C: MAIL FROM:<alice@example.com>
                S: 530 5.7.0 Authentication required
                """.formatted(plain("alice", "secret"), UNAVAILABLE));
        assertThat(asked).containsExactly("alice secret");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("hook " + hook.getClass().getName() + " failed",
                "no database", "authentication not possible for now").doesNotContain("secret");
    }

    /** Threads that begin when they are told, and a clock that is over at once. */
    private static final class NoTime implements HookThreads {

        private final List<Runnable> late = new ArrayList<>();

        @Override
        public void run(Runnable task, Consumer<Exception> onReject) {
            late.add(task);
        }

        @Override
        public Runnable after(Duration time, Runnable task) {
            task.run();
            return () -> { };
        }
    }

    @Test
    void aHookThatTakesTooLongLetsNobodyIn() {
        domainKnows("alice", "secret");
        NoTime threads = new NoTime();
        UserHook hook = saying(HookResult.OK);
        server.hook(hook).hookThreads(threads).hookTimeout(Duration.ofMillis(100));
        Conversation conversation = ready().run("C: " + plain("alice", "secret") + "\nS: " + UNAVAILABLE);
        threads.late.forEach(Runnable::run);
        conversation.run("C: MAIL FROM:<alice@example.com>\nS: 530 5.7.0 Authentication required");
        assertThat(asked).isEmpty();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains(
                "hook " + hook.getClass().getName() + " has not answered within 100 ms (hookTimeout)");
    }

    @Test
    void aHookThatNamesTheUserAndRefusesLetsNobodyIn() {
        server.hook(new UserHook((session, username, password) -> {
            session.setUsername(username);
            session.setRelayingAllowed(true);
            return HookResult.DENY;
        }));
        ready().run("""
                C: %s
                S: %s
                C: MAIL FROM:<alice@example.com>
                S: 530 5.7.0 Authentication required
                """.formatted(plain("alice", "secret"), REFUSED));
    }

    @Test
    void whoGuessesIsLockedOutAndTheHookNotAsked() {
        SmtpServerProtocol protocol = server.hook(knowing("alice", "secret")).protocol();
        for (int i = 0; i < 10; i++) {
            assertThat(from(protocol, "192.0.2.1").say(plain("alice", "wrong"))).isEqualTo(REFUSED);
        }
        asked.clear();
        assertThat(from(protocol, "192.0.2.1").say(plain("Alice", "secret"))).startsWith("421 4.7.0");
        assertThat(asked).isEmpty();
        assertThat(from(protocol, "192.0.2.2").say(plain("alice", "secret"))).as("the owner").startsWith("235");
        for (int i = 0; i < 10; i++) {
            assertThat(from(protocol, "192.0.2.1").say(plain("user" + i, "wrong"))).isEqualTo(
                    i < 9 ? REFUSED : "421 4.7.0 Too many failed authentications, closing");
        }
    }

    @Test
    void failuresOfASessionAreDelayedAndEndIt() {
        server.hook(saying(result(HookReturnCode.deny(), "535", "5.7.8 No")));
        Conversation conversation = ready();
        for (int i = 0; i < 4; i++) {
            conversation.run("C: " + plain("alice", "wrong") + "\nS: 535 5.7.8 No");
        }
        conversation.run("C: " + plain("alice", "wrong")
                + "\nS: 421 4.7.0 Too many failed authentications, closing\nS: (closed)");
        assertThat(conversation.delays()).contains(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void whatIsNoAnswerIsNotCounted() {
        server.hook(saying(HookResult.DENYSOFT));
        Conversation conversation = ready();
        for (int i = 0; i < 25; i++) {
            conversation.run("C: " + plain("alice", "secret") + "\nS: " + UNAVAILABLE);
        }
    }

    @Test
    void toActAsAnotherUserIsRefusedUnasked() {
        server.hook(saying(HookResult.OK));
        ready().run("C: AUTH PLAIN " + base64("bob\0alice\0secret") + "\nS: " + REFUSED);
        ready().run("C: AUTH PLAIN " + base64("alice\0alice\0secret") + "\nS: 235 2.7.0 Authenticated");
        assertThat(asked).containsExactly("alice secret");
    }

    /** A name that James reads as another's would be counted under the wrong name. */
    @ParameterizedTest
    @ValueSource(strings = {"a@b@example.com", "alice@[example.com]"})
    void aNameThatJamesCannotWriteIsForTheSecurityDomain(String user) {
        domainKnows(user, "secret");
        server.hook(saying(HookResult.OK));
        ready().run("C: " + plain(user, "secret") + "\nS: 235 2.7.0 Authenticated");
        assertThat(asked).containsExactly("domain " + user);
    }

    @Test
    void proofsAndTokensAreForTheSecurityDomain() {
        domainKnows("bob", "secret");
        server.mechanisms(SaslMechanism.OAUTHBEARER, SaslMechanism.PLAIN).hook(saying(HookResult.OK));
        ready().run("C: AUTH OAUTHBEARER " + base64("n,a=bob,\1auth=Bearer good\1\1") + "\nS: 334 …\nC: AQ==\nS: "
                + REFUSED);
        assertThat(asked).containsExactly("domain bob");
    }

    @Test
    void resultHooksSeeWhatIsSaidAndMayChangeIt() {
        List<String> seen = new ArrayList<>();
        HookResultHook strict = (session, result, time, hook) -> {
            if (hook instanceof AuthHook) {
                seen.add(result.getResult().getAction().name());
                return HookResult.DENY;
            }
            return result;
        };
        server.hook(saying(HookResult.OK)).hook(strict);
        ready().run("C: " + plain("alice", "secret") + "\nS: " + REFUSED);
        assertThat(seen).containsExactly("OK");
    }

    @Test
    void aResultHookMakesNothingOfAHookThatFailed() {
        HookResultHook kind = (session, result, time, hook) -> hook instanceof AuthHook ? HookResult.OK : result;
        server.hook(new UserHook(failing())).hook(kind);
        ready().run("C: " + plain("alice", "secret") + "\nS: " + UNAVAILABLE);
    }

    @Test
    void aResultHookThatFailsLetsNobodyIn() {
        HookResultHook broken = (session, result, time, hook) -> {
            if (hook instanceof AuthHook) {
                throw new IllegalStateException("broken");
            }
            return result;
        };
        server.hook(saying(HookResult.OK)).hook(broken);
        ready().run("C: " + plain("alice", "secret") + "\nS: " + UNAVAILABLE);
    }

    /** James adds a handler of its own to a chain with such a hook, which takes AUTH in plain text. */
    @Test
    void thereIsOneHandlerForAuthAndItIsOurs() {
        SmtpHandlerChain with = (SmtpHandlerChain) server.hook(saying(HookResult.OK)).protocol().getProtocolChain();
        SmtpHandlerChain without = (SmtpHandlerChain) new Server(spool).protocol().getProtocolChain();
        assertThat(with.getHandlers(AuthCmdHandler.class)).hasSize(1)
                .allMatch(handler -> handler.getClass() != AuthCmdHandler.class);
        assertThat(with.size()).isEqualTo(without.size() + 1);
        assertThat(with.get(0)).isInstanceOf(SmtpCommandDispatcher.class);
    }
}
