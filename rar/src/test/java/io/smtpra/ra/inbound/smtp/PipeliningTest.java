package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.smtp.rules.Extension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /**
     * Scripts of hypervisors and printers write everything at once, whatever was offered (RFC 2920 bids them not to).
     */
    @Test
    void aScriptThatWritesEverythingAtOnceIsAnsweredOneByOne() {
        server.talk().greeted().run("""
                C+ HELO client.example.net
                C+ MAIL FROM:<a@example.net>
                C+ RCPT TO:<u@example.com>
                C+ DATA
                C+ Subject: disk full
                C+
                C+ RSET
                C+ .
                C: QUIT
                S: 250 mx.example.com
                S: 250 2.1.0 Sender ok
                S: 250 2.1.5 Recipient ok
                S: 354 End data with <CR><LF>.<CR><LF>
                S: 250 2.0.0 Ok: queued as M1
                S: 221 2.0.0 Bye
                S: (closed)
                """);
        assertThat(server.sent()).isEqualTo("Subject: disk full\r\n\r\nRSET\r\n");
    }

    @ParameterizedTest
    @CsvSource({"EHLO client.example.net, 250 STARTTLS", "HELO client.example.net, 250 mx.example.com",
        "VRFY user, '252 2.5.0 Cannot verify, but will take mail for it'", "NOOP, 250 2.0.0 Ok", "RSET, 250 2.0.0 Ok"})
    void anyCommandMayHaveMoreBehindIt(String command, String reply) {
        for (Server one : List.of(server, new Server(spool).off(Extension.PIPELINING))) {
            Conversation conversation = one.talk().greeted();
            conversation.send(command + "\r\nXYZZY\r\nQUIT\r\n");
            assertThat(conversation.heard()).endsWith(reply, "500 5.5.1 Unknown command", "221 2.0.0 Bye");
        }
    }

    @Test
    void aRefusedCommandDoesNotSpoilWhatFollows() {
        server.talk().ehlo().run("""
                C+ MAIL FROM:<a@example.net
                C+ MAIL FROM:<a@example.net>
                C: RCPT TO:<u@example.com>
                S: 501 5.1.7 Bad sender address
                S: 250 2.1.0 Sender ok
                S: 250 2.1.5 Recipient ok
                """);
    }

    @Test
    void contentBehindDataIsNeverRunAsCommands() {
        server.talk().withRecipient().run("""
                C+ DATA
                C+ MAIL FROM:<injected@example.net>
                C: .
                S: 354 End data with <CR><LF>.<CR><LF>
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.sent()).isEqualTo("MAIL FROM:<injected@example.net>\r\n");
    }

    @Test
    void contentBehindADataThatIsRefusedIsNotRunEither() {
        server.talk().ehlo().run("""
                C+ MAIL FROM:<a@example.net>
                C+ RCPT TO:<u@elsewhere.test>
                C+ DATA
                C+ RSET
                C+ MAIL FROM:<injected@example.net>
                C: .
                S: 250 2.1.0 Sender ok
                S: 550 5.7.1 Relaying denied
                S: 554 5.5.1 No valid recipients
                S: (closed)
                """);
        server.talk().ehlo().run("""
                C+ DATA
                C: MAIL FROM:<injected@example.net>
                S: 503 5.5.1 Say MAIL first
                S: (closed)
                """);
        server.talk().withRecipient().run("""
                C+ DATA now
                C: MAIL FROM:<injected@example.net>
                S: 501 5.5.4 This command takes no argument
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
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void whoTalksBeforeTheGreetingIsNoMailServer() {
        server.talk().send("EHLO client.example.net\r\n").connect().run("""
                S: 554 Wait for the greeting before sending, closing
                S: (closed)
                """);
    }
}
