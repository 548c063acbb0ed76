package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail from EHLO to its fate. */
class MailTransactionTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @Test
    void isDeliveredBehindOurReceivedHeader() {
        server.talk().greeted().run("""
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
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: Subject: hello
                C:
                C: ..dot
                C: .
                S: 250 2.0.0 Ok: queued as M1
                C: QUIT
                S: 221 2.0.0 Bye
                S: (closed)
                """);
        assertThat(server.mail().id()).isEqualTo("M1");
        assertThat(server.mail().receivedAt()).isEqualTo(Server.NOW);
        assertThat(server.mail().peer().heloName()).isEqualTo("client.example.net");
        assertThat(server.mail().envelope().reversePath()).contains(Mailbox.parse("sender@example.net"));
        assertThat(server.mail().envelope().recipients()).containsExactly(Recipient.of("user@example.com"));
        assertThat(server.content()).isEqualTo("""
                Received: from client.example.net ([192.0.2.7])\r
                \tby mx.example.com with ESMTP\r
                \tid M1\r
                \tfor <user@example.com>;\r
                \tTue, 24 Nov 2026 03:04:05 +0000\r
                Subject: hello\r
                \r
                .dot\r
                """);
    }

    @Test
    void isServedToAClientThatSaysHelo() {
        server.talk().greeted().run("""
                C: HELO client.example.net
                S: 250 mx.example.com
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.content()).contains(" with SMTP\r\n");
        assertThat(server.sent()).isEmpty();
    }

    @Test
    void isServedWithinTls() {
        server.talk().ehlo().run("""
                C: STARTTLS
                S: 220 2.0.0 Ready to start TLS
                C: MAIL FROM:<sender@example.net>
                S: 503 5.5.1 Say EHLO first
                C: EHLO client.example.net
                S: 250-mx.example.com
                S: 250-SIZE 36700160
                S: 250-PIPELINING
                S: 250-8BITMIME
                S: 250-SMTPUTF8
                S: 250-CHUNKING
                S: 250-BINARYMIME
                S: 250-ENHANCEDSTATUSCODES
                S: 250 REQUIRETLS
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: RCPT TO:<other@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.content()).isEqualTo("""
                Received: from client.example.net ([192.0.2.7])\r
                \tby mx.example.com with ESMTPS\r
                \t(TLSv1.3 cipher TLS_AES_256_GCM_SHA384)\r
                \tid M1;\r
                \tTue, 24 Nov 2026 03:04:05 +0000\r
                """);
        assertThat(server.mail().peer().tls()).contains(FakeTransport.TLS);
    }

    @Test
    void isRefusedInPlainTextWhereTlsIsRequired() {
        server.startTls(StartTlsPolicy.REQUIRED).talk().ehlo().run("""
                C: MAIL FROM:<sender@example.net>
                S: 530 5.7.0 Say STARTTLS first
                C: RCPT TO:<user@example.com>
                S: 530 5.7.0 Say STARTTLS first
                C: DATA
                S: 530 5.7.0 Say STARTTLS first
                C: VRFY user
                S: 530 5.7.0 Say STARTTLS first
                C: NOOP
                S: 250 2.0.0 Ok
                C: RSET
                S: 250 2.0.0 Ok
                C: QUIT
                S: 221 2.0.0 Bye
                S: (closed)
                """);
    }

    @Test
    void answersAsTheSinkSays() {
        server.outcome(new DeliveryOutcome.Refused(Reply.of(554, "5.7.1", "No thanks"))).talk().withRecipient().run("""
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: hello
                C: .
                S: 554 5.7.1 No thanks
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                """);
    }

    @Test
    void waitsForTheSink() {
        CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
        Conversation conversation = server.outcome(outcome).talk().withRecipient().run("""
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C+ hello
                C+ .
                C: NOOP
                """);
        outcome.complete(new DeliveryOutcome.Delivered());
        conversation.run("""
                S: 250 2.0.0 Ok: queued as M1
                S: 250 2.0.0 Ok
                """);
    }

    @Test
    void waitsForTheGate() {
        CompletableFuture<Optional<Reply>> verdict = new CompletableFuture<>();
        Conversation conversation = server.verdict(verdict).talk().ehlo().run("""
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C+ RCPT TO:<user@example.com>
                C: DATA
                """);
        verdict.complete(Optional.empty());
        conversation.run("""
                S: 250 2.1.5 Recipient ok
                S: 354 End data with <CR><LF>.<CR><LF>
                """);
    }

    @Test
    void answers451WhenAPortFailsWhichItMustNot() {
        Conversation conversation = server
                .verdict(CompletableFuture.failedFuture(new IllegalStateException("broken gate")))
                .outcome(CompletableFuture.failedFuture(new IllegalStateException("broken sink")))
                .talk().ehlo().run("""
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 451 4.3.0 Local error, try again later
                """);
        server.verdict(CompletableFuture.completedFuture(Optional.empty()));
        conversation.run("""
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 451 4.3.0 Local error, try again later
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                """);
    }

    @Test
    void goesToThoseThatAreAccepted() {
        server.talk().ehlo().run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@elsewhere.test>
                S: 550 5.7.1 Relaying denied
                C: DATA
                S: 554 5.5.1 No valid recipients
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: RCPT TO:<user@EXAMPLE.com>
                S: 250 2.1.5 Recipient ok
                C: RCPT TO:<Postmaster>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.asked()).containsExactly(
                "user@elsewhere.test", "user@example.com", "Postmaster@mx.example.com");
        assertThat(server.mail().envelope().recipients()).extracting(to -> to.mailbox().toString())
                .isEqualTo(List.of("user@example.com", "Postmaster@mx.example.com"));
        assertThat(server.mail().envelope().reversePath()).isEmpty();
    }

    @Test
    void isFreedWhenTheClientHangsUp() {
        Conversation conversation = server.talk().withRecipient().run("""
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                """);
        assertThat(server.memoryInUse()).isPositive();
        conversation.hangUp();
        assertThat(server.memoryInUse()).isZero();
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void leavesRoomForAnother() {
        server.talk().withRecipient().run("""
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                C: RCPT TO:<user@example.com>
                S: 503 5.5.1 Say MAIL first
                C: DATA
                S: 503 5.5.1 Say MAIL first
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M2
                """);
        assertThat(server.memoryInUse()).isZero();
    }
}
