package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.listener.framing.LineFault;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.Authenticator;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.auth.SaslExchangesTest;
import io.smtpra.ra.inbound.smtp.auth.ScramSecret;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.inbound.smtp.rules.SenderRule;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code AUTH} (RFC 4954), on the submission port. */
class AuthenticationTest implements Authenticator {

    private static final String GOOD = base64("\0alice\0secret");
    private static final String BAD = base64("\0alice\0wrong");

    @TempDir
    private Path spool;
    private Server server;
    private final List<ClientCredentials> seen = new ArrayList<>();

    @BeforeEach
    void start() {
        server = new Server(spool).authenticator(this);
    }

    @Override
    public CompletionStage<AuthOutcome> authenticate(ClientCredentials credentials, Peer peer) {
        assertThat(peer.tls()).isPresent();
        seen.add(credentials);
        boolean good = credentials instanceof ClientCredentials.Certificate
                || credentials instanceof ClientCredentials.Proven
                || credentials instanceof ClientCredentials.Token token && token.token().equals("good")
                || credentials instanceof ClientCredentials.Password password && password.password().equals("secret");
        return CompletableFuture.completedFuture(
                good ? new AuthOutcome.Authenticated("alice") : new AuthOutcome.Refused());
    }

    @Override
    public CompletionStage<Optional<ScramSecret>> secret(String user) {
        try {
            return CompletableFuture.completedFuture(user.equals("nobody-can-tell")
                    ? Optional.empty() : Optional.of(SaslExchangesTest.secret("pencil")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void scramProvesThePasswordToEachOther() throws Exception {
        server.mechanisms(SaslMechanism.SCRAM_SHA_256);
        Conversation conversation = ready();
        assertThat(conversation.sayAll("EHLO a.example")).contains("250-AUTH SCRAM-SHA-256");
        String last = scramFinal(conversation, "alice", "pencil");
        assertThat(text(conversation.say(base64(last)))).startsWith("v=");
        assertThat(conversation.say("")).isEqualTo("235 2.7.0 Authenticated");
        assertThat(seen).containsExactly(new ClientCredentials.Proven("alice"));
    }

    @Test
    void scramRefusesAWrongPasswordAsThePortDoes() throws Exception {
        server.mechanisms(SaslMechanism.SCRAM_SHA_256);
        Conversation conversation = ready();
        for (int i = 0; i < 4; i++) {
            assertThat(conversation.say(base64(scramFinal(conversation, "alice", "wrong")))).startsWith("535 5.7.8");
        }
        assertThat(conversation.say(base64(scramFinal(conversation, "alice", "wrong")))).startsWith("421 4.7.0");
        assertThat(conversation.delays()).hasSize(5);
        assertThat(seen).isEmpty();
        assertThat(ready().say("AUTH SCRAM-SHA-256 " + base64("n,,n=nobody-can-tell,r=12345678")))
                .startsWith("454 4.7.0");
        ready().run("C: AUTH SCRAM-SHA-256\nS: 334 \nC: *\nS: 501 5.7.0 Authentication cancelled");
    }

    @Test
    void tokensAreTakenOrRefusedInTheirWay() {
        server.mechanisms(SaslMechanism.OAUTHBEARER, SaslMechanism.XOAUTH2);
        String good = base64("n,a=alice,\1auth=Bearer good\1\1");
        String bad = base64("n,a=alice,\1auth=Bearer bad\1\1");
        ready().run("C: AUTH OAUTHBEARER " + good + "\nS: 235 2.7.0 Authenticated");
        Conversation conversation = ready().run("C: AUTH OAUTHBEARER " + bad
                + "\nS: 334 " + base64("{\"status\":\"invalid_token\"}") + "\nC: AQ==\n"
                + "S: 535 5.7.8 Authentication credentials invalid\nC: NOOP\nS: 250 2.0.0 Ok");
        assertThat(conversation.delays()).containsExactly(Duration.ofSeconds(1));
        ready().run("C: AUTH XOAUTH2 " + base64("user=alice\1auth=Bearer good\1\1") + "\nS: 235 2.7.0 Authenticated");
        ready().run("C: AUTH XOAUTH2 " + base64("user=alice\1auth=Bearer bad\1\1")
                + "\nS: 334 " + base64("{\"status\":\"401\",\"schemes\":\"bearer\"}") + "\nC: \n"
                + "S: 535 5.7.8 Authentication credentials invalid");
    }

    private static String scramFinal(Conversation conversation, String user, String password) throws Exception {
        String first = text(conversation.say("AUTH SCRAM-SHA-256 "
                + base64("n,,n=" + user + ",r=" + SaslExchangesTest.CLIENT_NONCE)));
        return SaslExchangesTest.clientFinal("n,,", user, first, password);
    }

    private static String text(String challenge) {
        assertThat(challenge).startsWith("334 ");
        return new String(Base64.getDecoder().decode(challenge.substring(4)), StandardCharsets.UTF_8);
    }

    @Test
    void isOfferedInsideTlsAlone() {
        assertThat(Conversation.with(server.protocol(), ListenerKind.SUBMISSION).greeted().sayAll("EHLO a.example"))
                .noneMatch(line -> line.contains("AUTH"));
        assertThat(inTls().sayAll("EHLO a.example")).contains("250-AUTH PLAIN LOGIN");
        assertThat(Conversation.with(server.protocol()).inTls().greeted().sayAll("EHLO a.example"))
                .as("not on the port for other servers").noneMatch(line -> line.contains("AUTH"));
    }

    @Test
    void aPortMayHaveItsOwnMechanisms() {
        server.submissionMechanisms(SaslMechanism.LOGIN);
        assertThat(inTls().sayAll("EHLO a.example")).contains("250-AUTH LOGIN");
        ready().run("C: AUTH PLAIN " + GOOD + "\nS: 504 5.5.4 Mechanism not offered\n");
    }

    @Test
    void plainLetsMailThrough() {
        ready().run("C: MAIL FROM:<alice@example.com>\nS: 530 5.7.0 Authentication required\n"
                + "C: AUTH PLAIN " + GOOD + "\n" + """
                S: 235 2.7.0 Authenticated
                C: MAIL FROM:<alice@example.com> AUTH=alice+2Bx@example.com
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.content()).contains(" with ESMTPSA\r\n").doesNotContain("alice");
        assertThat(server.mail().peer().authenticatedUser()).contains("alice");
        assertThat(seen).singleElement().hasToString("Password[alice]");
    }

    @Test
    void plainMayComeInTwoSteps() {
        ready().run("C: auth plain\nS: 334 \nC: " + GOOD + "\nS: 235 2.7.0 Authenticated\n"
                + "C: NOOP\nS: 250 2.0.0 Ok");
    }

    @Test
    void plainMayNameWhomToActAs() {
        ready().run("C: AUTH PLAIN " + base64("bob\0alice\0secret") + "\nS: 235 2.7.0 Authenticated");
        assertThat(seen.get(0).authorizationId()).contains("bob");
    }

    @Test
    void loginAsksForBoth() {
        ready().run("C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: " + base64("alice") + "\nS: 334 UGFzc3dvcmQ6\nC: "
                + base64("secret") + "\nS: 235 2.7.0 Authenticated");
    }

    @Test
    void loginTakesTheNameAtOnce() {
        ready().run("C: AUTH LOGIN " + base64("alice") + "\nS: 334 UGFzc3dvcmQ6\nC: "
                + base64("secret") + "\nS: 235 2.7.0 Authenticated");
    }

    /** Old clients send a password as it was typed, in the charset of their desktop; it is tried as it is meant. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252"})
    void passwordsAreTakenAsTheyWereTyped(String charset) {
        Charset typed = Charset.forName(charset);
        String plain = Base64.getEncoder().encodeToString("\0m\u00fcller\0pa\u00dfw\u00f6rt".getBytes(typed));
        String user = Base64.getEncoder().encodeToString("m\u00fcller".getBytes(typed));
        String password = Base64.getEncoder().encodeToString("pa\u00dfw\u00f6rt".getBytes(typed));
        assertThat(ready().say("AUTH PLAIN " + plain)).startsWith("535 5.7.8");
        ready().run("C: AUTH LOGIN " + user + "\nS: 334 UGFzc3dvcmQ6\nC: " + password
                + "\nS: 535 5.7.8 Authentication credentials invalid");
        assertThat(seen).hasSize(2).allSatisfy(credentials -> assertThat(credentials)
                .isEqualTo(new ClientCredentials.Password(Optional.empty(), "m\u00fcller", "pa\u00dfw\u00f6rt")));
    }

    @Test
    void whatLatin1HasNoLetterForIsMeantAsWindowsWritesIt() {
        ready().run("C: AUTH LOGIN " + base64("alice") + "\nS: 334 UGFzc3dvcmQ6\nC: gDUwlA==\n"
                + "S: 535 5.7.8 Authentication credentials invalid");
        assertThat(seen).singleElement().isEqualTo(
                new ClientCredentials.Password(Optional.empty(), "alice", "\u20ac50\u201d"));
    }

    @Test
    void externalNeedsACertificateThatWasVerified() {
        server.mechanisms(SaslMechanism.EXTERNAL);
        ready().run("C: AUTH EXTERNAL =\nS: 504 5.5.4 Mechanism not offered");
        X509Certificate certificate = new FakeCertificate();
        Conversation shown = ready(new TlsFacts("TLSv1.3", "X", List.of(certificate), false));
        shown.run("C: AUTH EXTERNAL =\nS: 504 5.5.4 Mechanism not offered");
        Conversation verified = ready(new TlsFacts("TLSv1.3", "X", List.of(certificate), true));
        verified.run("C: AUTH EXTERNAL =\nS: 235 2.7.0 Authenticated");
        assertThat(seen).singleElement().isEqualTo(
                new ClientCredentials.Certificate(Optional.empty(), List.of(certificate)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "AUTH                 | 501 5.5.4 Syntax: AUTH mechanism [initial-response]",
        "AUTH CRAM-MD5        | 504 5.5.4 Mechanism not offered",
        "AUTH EXTERNAL        | 504 5.5.4 Mechanism not offered",
        "AUTH PLAIN !!!       | 501 5.5.2 Not base64",
        "AUTH PLAIN YQ        | 501 5.5.2 Not base64",
        "AUTH PLAIN =         | 501 5.5.2 Not a message of this mechanism",
        "AUTH PLAIN YQ==      | 501 5.5.2 Not a message of this mechanism",
        "AUTH PLAIN AABh      | 501 5.5.2 Not a message of this mechanism",
        "AUTH PLAIN AGEA      | 501 5.5.2 Not a message of this mechanism",
        "AUTH PLAIN AGEAYgBj  | 501 5.5.2 Not a message of this mechanism",
        "AUTH PLAIN AGEKAGI=  | 501 5.5.2 Not a message of this mechanism",
        "AUTH LOGIN =         | 501 5.5.2 Not a message of this mechanism"})
    void refusesWhatMakesNoSense(String command, String reply) {
        Conversation conversation = ready();
        assertThat(conversation.say(command)).isEqualTo(reply);
        assertThat(conversation.say("NOOP")).as("commands are commands again").isEqualTo("250 2.0.0 Ok");
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "*      | 501 5.7.0 Authentication cancelled",
        "!!!    | 501 5.5.2 Not base64",
        "YQ     | 501 5.5.2 Not base64",
        "''     | 501 5.5.2 Not a message of this mechanism",
        "NOOP   | 501 5.5.2 Not a message of this mechanism"})
    void endsTheExchangeOverABadAnswer(String answer, String reply) {
        Conversation conversation = ready().run("C: AUTH PLAIN\nS: 334 ");
        assertThat(conversation.say(answer)).isEqualTo(reply);
        assertThat(conversation.say("NOOP")).isEqualTo("250 2.0.0 Ok");
    }

    @Test
    void endsTheExchangeOverALineThatIsNone() {
        Conversation conversation = ready().run("C: AUTH PLAIN\nS: 334 ");
        conversation.fault(LineFault.TOO_LONG).run("S: 500 5.5.6 Authentication line too long");
        assertThat(conversation.say("NOOP")).isEqualTo("250 2.0.0 Ok");
        conversation.run("C: AUTH PLAIN\nS: 334 ").fault(LineFault.BARE_CR)
                .run("S: 500 5.5.2 A line ends in CRLF and holds no CR or LF");
        assertThat(conversation.say("NOOP")).isEqualTo("250 2.0.0 Ok");
    }

    @Test
    void endsTheSessionOverALineFeedAlone() {
        ready().run("C: AUTH PLAIN\nS: 334 ").fault(LineFault.BARE_LF)
                .run("S: 500 5.5.2 A line ends in CRLF, not in LF alone, closing\nS: (closed)");
    }

    @Test
    void takesLongAnswersAndRefusesTooLongOnes() {
        String password = "x".repeat(9_000);
        assertThat(ready().say("AUTH PLAIN " + base64("\0alice\0" + password))).startsWith("535");
        assertThat(ready().say("AUTH PLAIN " + "A".repeat(12_288))).isEqualTo("500 5.5.2 Line too long");
        assertThat(ready().run("C: AUTH PLAIN\nS: 334 ").say("A".repeat(12_288)))
                .isEqualTo("500 5.5.6 Authentication line too long");
    }

    @Test
    void isRefusedWhereItDoesNotBelong() {
        Conversation.with(server.protocol(), ListenerKind.SUBMISSION).greeted().run(
                "C: HELO a.example\nS: 250 mx.example.com\nC: AUTH PLAIN " + GOOD
                + "\nS: 538 5.7.11 Encryption required: say STARTTLS first");
        Conversation.with(server.protocol()).inTls().ehlo().run(
                "C: AUTH PLAIN " + GOOD + "\nS: 502 5.5.1 Command not implemented");
        inTls().run("C: AUTH PLAIN " + GOOD + "\nS: 503 5.5.1 Say EHLO first\n"
                + "C: HELO a.example\nS: 250 mx.example.com\n"
                + "C: AUTH PLAIN " + GOOD + "\nS: 503 5.5.1 Say EHLO first");
        ready().run("C: AUTH PLAIN " + GOOD + "\nS: 235 2.7.0 Authenticated\n"
                + "C: AUTH PLAIN " + GOOD + "\nS: 503 5.5.1 Authenticated already\n"
                + "C: MAIL FROM:<>\nS: 250 2.1.0 Sender ok\n"
                + "C: AUTH PLAIN " + GOOD + "\nS: 503 5.5.1 Not within a mail transaction");
        ready().run("C+ AUTH PLAIN\nC+ " + GOOD + "\nC: MAIL FROM:<>"
                + "\nS: 334 \nS: 235 2.7.0 Authenticated\nS: 250 2.1.0 Sender ok");
    }

    @Test
    void saysSoWhenItCannotBeChecked() {
        server.authenticator((credentials, peer) ->
                CompletableFuture.completedFuture(new AuthOutcome.Unavailable()));
        ready().run("C: AUTH PLAIN " + GOOD + "\nS: 454 4.7.0 Authentication is not available for now\n"
                + "C: MAIL FROM:<>\nS: 530 5.7.0 Authentication required");
    }

    @Test
    void isForgottenByNothingButTheEnd() {
        ready().run("C: AUTH PLAIN " + GOOD + "\nS: 235 2.7.0 Authenticated\n"
                + "C: RSET\nS: 250 2.0.0 Ok\nC: HELO a.example\nS: 250 mx.example.com\n"
                + "C: MAIL FROM:<>\nS: 250 2.1.0 Sender ok");
    }

    @ParameterizedTest
    @CsvSource({"alice@example.com, 250", "ALICE@example.net, 250", "'', 250", "bob@example.com, 553"})
    void mayBindTheSenderToTheUser(String sender, String code) {
        server.senderRule(SenderRule.USER);
        assertThat(ready().run("C: AUTH PLAIN " + GOOD + "\nS: 235 2.7.0 Authenticated")
                .say("MAIL FROM:<" + sender + ">")).startsWith(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "alice@faß.de       | alice@xn--fa-hia.de     | 250",
        "alice@fass.de      | alice@xn--fa-hia.de     | 553",
        "alice@EXAMPLE.com  | Alice@example.com.      | 250",
        "b.@docomo.example  | \"b.\"@docomo.example   | 250",
        "alice@example.com  | bob@example.com         | 553",
        "alice@             | alice@example.com       | 553"})
    void mayBindTheSenderToTheUsersMailbox(String user, String sender, String code) {
        server.senderRule(SenderRule.USER).authenticator((credentials, peer) ->
                CompletableFuture.completedFuture(new AuthOutcome.Authenticated(user)));
        assertThat(ready().run("C: AUTH PLAIN " + GOOD + "\nS: 235 2.7.0 Authenticated")
                .say("MAIL FROM:<" + sender + ">")).startsWith(code);
    }

    private Conversation inTls() {
        return Conversation.with(server.protocol(), ListenerKind.SUBMISSIONS).inTls().greeted();
    }

    private Conversation ready() {
        return inTls().extended();
    }

    private Conversation ready(TlsFacts tls) {
        return Conversation.with(server.protocol(), ListenerKind.SUBMISSIONS).inTls(tls).ehlo();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
