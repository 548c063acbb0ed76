package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.Reply;
import io.smtpra.StartTlsHook;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which command is allowed in which state. */
class CommandRulesTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "MAIL FROM:<a@example.net>  | 503 5.5.1 Say EHLO first",
        "RCPT TO:<user@example.com> | 503 5.5.1 Say EHLO first",
        "DATA                       | 503 5.5.1 Say EHLO first",
        "BDAT 0                     | 503 5.5.1 Say EHLO first",
        "ETRN example.com           | 502 5.5.1 Command not implemented",
        "NOOP                       | 250 2.0.0 Ok",
        "NOOP whatever it says      | 250 2.0.0 Ok",
        "RSET                       | 250 2.0.0 Ok",
        "RSET now                   | 501 5.5.4 This command takes no argument",
        "QUIT now                   | 501 5.5.4 This command takes no argument",
        "VRFY user                  | 252 2.5.0 Cannot verify, but will take mail for it",
        "EXPN list                  | 502 5.5.1 Command not implemented",
        "HELP                       | 502 5.5.1 Command not implemented",
        "TURN                       | 500 5.5.1 Unknown command",
        "UNKNOWN_CMD                | 500 5.5.1 Unknown command",
        "ſTARTTLS                   | 500 5.5.1 Unknown command",
        "''                         | 500 5.5.1 Unknown command"})
    void beforeHello(String command, String reply) {
        assertThat(server.talk().greeted().say(command)).isEqualTo(reply);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "RCPT TO:<user@example.com> | 503 5.5.1 Say MAIL first",
        "DATA                       | 503 5.5.1 Say MAIL first",
        "BDAT 0 LAST                | 503 5.5.1 Say MAIL first",
        "noop                       | 250 2.0.0 Ok",
        "Noop                       | 250 2.0.0 Ok",
        "NOOP                       | 250 2.0.0 Ok"})
    void betweenMails(String command, String reply) {
        assertThat(server.talk().ehlo().say(command)).isEqualTo(reply);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "MAIL FROM:<x@example.net>  | 503 5.5.1 Not within a mail transaction",
        "STARTTLS                   | 503 5.5.1 Not within a mail transaction",
        "ETRN example.com           | 503 5.5.1 Not within a mail transaction",
        "DATA now                   | 501 5.5.4 This command takes no argument",
        "RSET now                   | 501 5.5.4 This command takes no argument",
        "RCPT user@example.com      | 501 5.5.4 Syntax: RCPT TO:<address>"})
    void withinAMailWhichGoesOnUnharmed(String command, String reply) {
        Conversation conversation = server.on(Extension.ETRN).talk().withRecipient();
        assertThat(conversation.say(command)).isEqualTo(reply);
        conversation.run("""
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.mail().envelope().reversePath().orElseThrow()).hasToString("sender@example.net");
        assertThat(server.mail().envelope().recipients()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO client.example.net", "HELO client.example.net", "RSET"})
    void whatGivesAMailUp(String command) {
        Conversation conversation = server.talk().withRecipient();
        assertThat(conversation.sayAll(command)).last().asString().startsWith("250 ");
        conversation.run("""
                C: RCPT TO:<user@example.com>
                S: 503 5.5.1 Say MAIL first
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "MAIL FROM:<a@example.net>  | 530",
        "RCPT TO:<user@example.com> | 530",
        "DATA                       | 530",
        "BDAT 0 LAST                | 530",
        "VRFY user                  | 530",
        "EXPN list                  | 530",
        "ETRN example.com           | 530",
        "EHLO client.example.net    | 250",
        "HELO client.example.net    | 250",
        "NOOP                       | 250",
        "RSET                       | 250",
        "HELP                       | 502",
        "STARTTLS                   | 220",
        "QUIT                       | 221"})
    void inPlainTextWhereTlsIsRequired(String command, String code) {
        Conversation conversation = server.startTls(StartTlsPolicy.REQUIRED).talk().ehlo();
        assertThat(conversation.sayAll(command)).last().asString()
                .startsWith(code.equals("530") ? "530 5.7.0 Say STARTTLS first" : code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "MAIL FROM:<a@example.net>  | 530",
        "VRFY user                  | 252",
        "NOOP                       | 250",
        "RSET                       | 250",
        "QUIT                       | 221"})
    void withoutAuthenticationWhereItIsRequired(String command, String code) {
        Conversation conversation =
                Conversation.with(server.protocol(), ListenerKind.SUBMISSIONS).inTls().ehlo();
        assertThat(conversation.say(command)).startsWith(code);
    }

    @Test
    void startTlsIsHandedOutOnce() {
        server.talk().ehlo().run("""
                C: STARTTLS now
                S: 501 5.5.4 This command takes no argument
                C: STARTTLS
                S: 220 2.0.0 Ready to start TLS
                C: STARTTLS
                S: 503 5.5.1 TLS is active already
                """);
    }

    @Test
    void startTlsThatIsNotOffered() {
        server.startTls(StartTlsPolicy.DISABLED).talk().greeted().run("""
                C: STARTTLS
                S: 502 5.5.1 Command not implemented
                """);
        new Server(spool).talk().withoutTls().greeted().run("""
                C: STARTTLS
                S: 454 4.7.0 TLS is not available for now
                """);
    }

    @Test
    void startTlsHooksMayRefuseAndAreTold() {
        List<Peer> told = new ArrayList<>();
        server.hook(new StartTlsHook() {
            @Override
            public Optional<Reply> beforeStartTls(Peer peer) {
                return peer.heloName().equals("client.example.net")
                        ? Optional.of(Reply.of(454, "4.7.0", "Not you"))
                        : Optional.empty();
            }

            @Override
            public void tlsStarted(Peer peer) {
                told.add(peer);
            }
        }).talk().greeted().run("""
                C: EHLO client.example.net
                S: 250-mx.example.com
                S: 250-SIZE 36700160
                S: 250-PIPELINING
                S: 250-8BITMIME
                S: 250-SMTPUTF8
                S: 250-CHUNKING
                S: 250-BINARYMIME
                S: 250-ENHANCEDSTATUSCODES
                S: 250 STARTTLS
                C: STARTTLS
                S: 454 4.7.0 Not you
                C: HELO other.example.net
                S: 250 mx.example.com
                C: STARTTLS
                S: 220 2.0.0 Ready to start TLS
                C: NOOP
                S: 250 2.0.0 Ok
                C: NOOP
                S: 250 2.0.0 Ok
                """);
        assertThat(told).singleElement().satisfies(peer -> {
            assertThat(peer.tls()).contains(FakeTransport.TLS);
            assertThat(peer.heloName()).as("forgotten").isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP a\0b", "NOOP\ta", "\tNOOP", "NOOP\t a", "NOOP a\u007fb", "NOOP a\u0085b", "NO\rOP"})
    void controlCharactersAreRefused(String command) {
        assertThat(server.talk().ehlo().say(command))
                .isEqualTo("500 5.5.2 A command has no control characters and is valid UTF-8");
    }

    /** RFC 5321 section 4.1.1: trailing white space is taken. */
    @Test
    void whiteSpaceAtTheEndIsTaken() {
        server.talk().ehlo().run("""
                C: NOOP\t
                S: 250 2.0.0 Ok
                C: NOOP a\tb
                S: 250 2.0.0 Ok
                C: RSET\t\040\t
                S: 250 2.0.0 Ok
                C: MAIL FROM:<>\t
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>\t
                S: 250 2.1.5 Recipient ok
                C: DATA\t
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                C: STARTTLS\t
                S: 220 2.0.0 Ready to start TLS
                C: QUIT\t
                S: 221 2.0.0 Bye
                S: (closed)
                """);
    }

    @Test
    void octetsThatAreNoUtf8AreRefused() {
        server.talk().ehlo().send("NOOP \u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1))
                .run("S: 500 5.5.2 A command has no control characters and is valid UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"NOOP, 512", "EHLO, 512", "VRFY, 522", "RCPT, 1022", "MAIL, 1203"})
    void aLineHasALimitWithItsCrLf(String verb, int longest) {
        String fits = verb + " " + "x".repeat(longest - verb.length() - 3);
        assertThat(server.talk().ehlo().say(fits)).doesNotStartWith("500");
        assertThat(server.talk().ehlo().say(fits + "x")).isEqualTo("500 5.5.2 Line too long");
    }
}
