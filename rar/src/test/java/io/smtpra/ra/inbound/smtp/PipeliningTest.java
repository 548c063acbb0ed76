package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.smtp.rules.Extension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be sent before the reply (RFC 2920), and what happens to a client that does not wait. */
class PipeliningTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @Test
    void anEnvelopeMayBeSentAtOnce() {
        server.talk().ehlo().run("""
                C+ MAIL FROM:<a@example.net>
                C+ RCPT TO:<u@example.com>
                C+ RCPT TO:<u@elsewhere.test>
                C: DATA
                S: 250 2.1.0 Sender ok
                S: 250 2.1.5 Recipient ok
                S: 550 5.7.1 Relaying denied
                S: 354 End data with <CR><LF>.<CR><LF>
                C+ hello
                C+ .
                C+ RSET
                C+ NOOP
                C+ MAIL FROM:<b@example.net>
                C: QUIT
                S: 250 2.0.0 Ok: queued as M1
                S: 250 2.0.0 Ok
                S: 250 2.0.0 Ok
                S: 250 2.1.0 Sender ok
                S: 221 2.0.0 Bye
                S: (closed)
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO client.example.net", "HELO client.example.net", "VRFY user"})
    void someCommandsEndAGroup(String command) {
        server.talk().ehlo().run("C+ " + command + "\nC: NOOP\n" + """
                S: 503 5.5.0 Wait for the reply before sending more
                S: 250 2.0.0 Ok
                """);
    }

    /** RFC 2920 section 3: an extension is used by who was offered it; mail servers wait for that. */
    @ParameterizedTest
    @ValueSource(strings = {"", "HELO client.example.net"})
    void nothingMayBeBeforeEhlo(String hello) {
        Conversation conversation = server.talk().greeted();
        if (!hello.isEmpty()) {
            conversation.run("C: " + hello + "\nS: 250 mx.example.com");
        }
        conversation.run("""
                C+ NOOP
                C: NOOP
                S: 503 5.5.0 Wait for the reply before sending more
                S: 250 2.0.0 Ok
                """);
    }

    @Test
    void contentBehindDataIsNeverRunAsCommands() {
        server.talk().withRecipient().run("""
                C+ DATA
                C+ MAIL FROM:<injected@example.net>
                C: .
                S: 554 5.5.0 Wait for the reply before sending more, closing
                S: (closed)
                """);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void whatFollowsStartTlsInPlainTextIsNeverRun() {
        server.talk().ehlo().run("""
                C+ STARTTLS
                C: MAIL FROM:<injected@example.net>
                S: 554 5.5.0 Wait for the reply before sending more, closing
                S: (closed)
                """);
    }

    @Test
    void whoTalksBeforeTheGreetingIsNoMailServer() {
        server.talk().send("EHLO client.example.net\r\n").connect().run("""
                S: 554 Wait for the greeting before sending, closing
                S: (closed)
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL FROM:<>", "RSET", "NOOP", "QUIT", "RCPT TO:<u@example.com>"})
    void nothingMayBeWhereItIsSwitchedOff(String command) {
        server.off(Extension.PIPELINING).talk().ehlo().run("C+ " + command + "\nC: NOOP\n" + """
                S: 503 5.5.0 Wait for the reply before sending more
                S: 250 2.0.0 Ok
                """);
    }
}
