package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What James' own protocol scripts (its mpt/impl/smtp, eight of them) test, told in our words. Codes are James', but
 * where a comment says so: there James takes what it had better refuse.
 */
class JamesScriptsTest {

    private static final String USER = "Ym9iQGV4YW1wbGUuY29t";
    private static final String PASSWORD = "c2VjcmV0";

    @TempDir
    Path spool;
    private Server server;

    @BeforeEach
    void setUp() {
        server = new Server(spool).authenticator((credentials, peer) ->
                CompletableFuture.completedFuture(new AuthOutcome.Authenticated("bob@example.com")));
    }

    /** helo: everything in one segment, the content after the 354. */
    @Test
    void anEnvelopeSentAtOnceIsAnsweredOneByOne() {
        mailWith("subject: test\r\ntest\r\n");
    }

    /** data_starts_with_starttls. */
    @Test
    void aContentMayBeginWithStartTls() {
        mailWith("subject: test\r\n\r\nstarttls content\r\n");
    }

    /** data_with_starttls. */
    @Test
    void aContentMayHoldStartTls() {
        mailWith("subject: test\r\n\r\ncontent starttls content\r\nstarttls\r\n");
    }

    /** rcpt_with_starttls. */
    @Test
    void aRecipientMayBeCalledStartTls() {
        server.talk().ehlo().run("""
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<starttls@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C+ content content
                C: .
                S: 250 2.0.0 Ok: queued as M1
                """);
    }

    /** starttls. */
    @Test
    void startTlsIsOfferedAndBegins() {
        Conversation conversation = server.talk().greeted();
        assertThat(conversation.sayAll("EHLO client.example.net")).contains("250 STARTTLS");
        conversation.run("""
                C: starttls
                S: 220 2.0.0 Ready to start TLS
                """);
    }

    /** starttls_with_injection: James answers 451 and closes; here it is 554, which says why. */
    @Test
    void whatIsInjectedBehindStartTlsIsThrownAway() {
        server.talk().ehlo().run("""
                C+ STARTTLS
                C: MAIL FROM:<sender@example.net>
                S: 554 5.5.0 Wait for the reply before sending more, closing
                S: (closed)
                """);
    }

    /** authplain: James takes a password before EHLO, and in plain text. Here it is 503, and 538. */
    @Test
    void aLoginGetsTheCodesOfJames() {
        Conversation.with(server.protocol(), ListenerKind.SUBMISSION).greeted().run("""
                C: AUTH LOGIN
                S: 503 5.5.1 Say EHLO first
                """);
        Conversation.with(server.protocol(), ListenerKind.SUBMISSION).ehlo().run("""
                C: AUTH LOGIN
                S: 538 5.7.11 Encryption required: say STARTTLS first
                """);
        Conversation.with(server.protocol(), ListenerKind.SUBMISSION).inTls().ehlo().run("""
                C: AUTH LOGIN
                S: 334 VXNlcm5hbWU6
                C: %s
                S: 334 UGFzc3dvcmQ6
                C: %s
                S: 235 2.7.0 Authenticated
                """.formatted(USER, PASSWORD));
    }

    /**
     * starttls_session_fixation: who has authenticated and begun a mail in plain text must not take both over into TLS.
     * James refuses STARTTLS then, with 501; here there is no such state: AUTH needs TLS, and STARTTLS no mail.
     */
    @Test
    void nothingIsCarriedOverIntoTls() {
        Conversation.with(server.protocol(), ListenerKind.SUBMISSION).ehlo().run("""
                C: AUTH LOGIN
                S: 538 5.7.11 Encryption required: say STARTTLS first
                """);
        server.talk().withRecipient().run("""
                C: STARTTLS
                S: 503 5.5.1 Not within a mail transaction
                C: RSET
                S: 250 2.0.0 Ok
                C: STARTTLS
                S: 220 2.0.0 Ready to start TLS
                C: MAIL FROM:<sender@example.net>
                S: 503 5.5.1 Say EHLO first
                """);
    }

    private void mailWith(String content) {
        Conversation conversation = server.talk().greeted();
        conversation.send("ehlo client.example.net\r\nmail from:<sender@example.net>\r\nrcpt to:<user@example.com>\r\n"
                + "data\r\n");
        assertThat(conversation.lines()).startsWith("250-mx.example.com").endsWith(
                "250 2.1.0 Sender ok", "250 2.1.5 Recipient ok", "354 End data with <CR><LF>.<CR><LF>");
        conversation.send(content + ".\r\n");
        assertThat(conversation.lines()).containsExactly("250 2.0.0 Ok: queued as M1");
        assertThat(server.sent()).isEqualTo(content);
    }
}
