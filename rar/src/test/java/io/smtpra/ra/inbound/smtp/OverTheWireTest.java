package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.SmtpListener;
import io.smtpra.ra.inbound.listener.Timeouts;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol behind the real listener, with real TLS; clients are a socket and Angus Mail. */
class OverTheWireTest {

    @TempDir
    private Path spool;
    private Server server;
    private ServerTls tls;
    private ListenerRuntime runtime;
    private SmtpListener listener;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        server = new Server(spool).authenticator((credentials, peer) -> CompletableFuture.supplyAsync(
                () -> ((ClientCredentials.Password) credentials).password().equals("secret")
                        ? new AuthOutcome.Authenticated("alice")
                        : new AuthOutcome.Refused()));
        tls = ServerTls.open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("localhost")));
        runtime = new ListenerRuntime(2, new ConnectionLimits(100, 100), 100, new Telemetry());
    }

    @AfterEach
    void stop() throws Exception {
        listener.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
        runtime.close();
        tls.close();
    }

    @Test
    void angusSendsThroughStartTls() throws Exception {
        listen(ListenerKind.SMTP);
        send(new Properties(), "käse");
        assertThat(server.content()).contains(" with ESMTPS\r\n\t(TLSv1.3 cipher TLS_", "Subject: ");
        assertThat(server.mail().peer().tls()).isPresent();
        assertThat(server.sent()).endsWith("käse\r\n".transform(OverTheWireTest::asLatin1));
    }

    @Test
    void angusAuthenticates() throws Exception {
        listen(ListenerKind.SUBMISSION);
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            Properties properties = new Properties();
            properties.setProperty("mail.smtp.auth", "true");
            properties.setProperty("mail.smtp.auth.mechanisms", mechanism);
            send(properties, "hello", "alice", "secret");
            assertThat(server.content()).contains(" with ESMTPSA\r\n");
            assertThat(server.mail().peer().authenticatedUser()).contains("alice");
            assertThatThrownBy(() -> send(properties, "hello", "alice", "wrong"))
                    .isInstanceOf(AuthenticationFailedException.class).hasMessageContaining("535 5.7.8");
        }
    }

    @Test
    void aPipelinedEnvelopeWaitsForASlowGate() throws Exception {
        server.verdict(CompletableFuture.supplyAsync(
                Optional::empty, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)));
        listen(ListenerKind.SMTP);
        talk("EHLO a\r\n", "250 STARTTLS",
                "MAIL FROM:<a@example.net>\r\nRCPT TO:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n",
                "250 2.1.0 Sender ok", "250 2.1.5 Recipient ok", "250 2.1.5 Recipient ok",
                "354 End data with <CR><LF>.<CR><LF>",
                "..x\r\n.\r\nQUIT\r\n", "250 2.0.0 Ok: queued as M1", "221 2.0.0 Bye", "(end)");
        assertThat(server.sent()).isEqualTo(".x\r\n");
    }

    @Test
    void chunksMayBePipelined() throws Exception {
        listen(ListenerKind.SMTP);
        talk("EHLO a\r\n", "250 STARTTLS",
                "MAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\nBDAT 4\r\nab\n.BDAT 3 LAST\r\n\r\ncNOOP\r\n",
                "250 2.1.0 Sender ok", "250 2.1.5 Recipient ok", "250 2.0.0 Chunk ok", "250 2.0.0 Ok: queued as M1",
                "250 2.0.0 Ok");
        assertThat(server.sent()).isEqualTo("ab\n.\r\nc");
    }

    @Test
    void whatIsSentInOneSegmentIsAnsweredOneByOne() throws Exception {
        listen(ListenerKind.SMTP);
        talk("EHLO a\r\nQUIT\r\n", "250 STARTTLS", "221 2.0.0 Bye", "(end)");
        talk("HELO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n",
                "250 mx.example.com", "250 2.1.0 Sender ok", "250 2.1.5 Recipient ok",
                "354 End data with <CR><LF>.<CR><LF>", "250 2.0.0 Ok: queued as M1", "221 2.0.0 Bye", "(end)");
        assertThat(server.sent()).isEqualTo("x\r\n");
    }

    /** It would wait for five minutes, and not know for what. */
    @Test
    void aClientThatEndsLinesWithLineFeedsHearsSoAtOnce() throws Exception {
        listen(ListenerKind.SMTP);
        talk("EHLO a\n", "500 5.5.2 A line ends in CRLF, not in LF alone, closing", "(end)");
        talk("EHLO a\r\n", "250 STARTTLS", "MAIL FROM:<>\nRCPT TO:<a@example.com>\nDATA\nx\n.\nQUIT\n",
                "500 5.5.2 A line ends in CRLF, not in LF alone, closing", "(end)");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aBadContentLeavesTheSessionUsable() throws Exception {
        server.limits(Limits.of(limits -> limits.maxMessageSize = 100_000));
        listen(ListenerKind.SMTP);
        String envelope = "MAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\nDATA\r\n";
        String[] accepted = {"250 2.1.0 Sender ok", "250 2.1.5 Recipient ok", "354 End data with <CR><LF>.<CR><LF>"};
        talk("EHLO a\r\n", "250 STARTTLS",
                envelope, accepted[0], accepted[1], accepted[2], "a\nb\r\n.\r\n",
                "550 5.6.11 The content holds a CR or LF alone",
                envelope, accepted[0], accepted[1], accepted[2], "x".repeat(300_000) + "\r\n.\r\n",
                "552 5.3.4 Message too big",
                envelope, accepted[0], accepted[1], accepted[2], "good\r\n.\r\n", "250 2.0.0 Ok: queued as M3");
        assertThat(server.sent()).isEqualTo("good\r\n");
    }

    @Test
    void answersComeLaterOnceThereWereManyErrors() throws Exception {
        server.limits(Limits.of(limits -> limits.maxErrors = 3));
        listen(ListenerKind.SMTP);
        long begun = System.nanoTime();
        talk("XYZZY\r\n", "500 5.5.1 Unknown command", "XYZZY\r\n", "500 5.5.1 Unknown command",
                "XYZZY\r\n", "421 4.7.0 Too many errors, closing", "(end)");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void theListenersOwnRepliesAreWordedLikeAllOthers() throws Exception {
        server.off(Extension.ENHANCED_STATUS_CODES);
        listen(ListenerKind.SMTP);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(20_000);
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(reply(in)).isEqualTo("220 mx.example.com ESMTP");
            CompletableFuture<Void> stopped = listener.stop(Duration.ofSeconds(10)).toCompletableFuture();
            assertThat(reply(in)).isEqualTo("421 mx.example.com Shutting down, try again later");
            socket.close();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    private void listen(ListenerKind kind) throws IOException {
        listener = new SmtpListener(new ListenerConfig(kind, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                false, Timeouts.DEFAULT, AccessRules.EVERYBODY, Optional.empty()), server.protocol(), Optional.of(tls),
                runtime);
        address = listener.start();
    }

    private void send(Properties properties, String text, String... login) throws Exception {
        properties.setProperty("mail.smtp.localhost", "client.example.net");
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.setProperty("mail.smtp.ssl.trust", "*");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
        properties.setProperty("mail.smtp.connectiontimeout", "10000");
        properties.setProperty("mail.smtp.timeout", "10000");
        properties.setProperty("mail.smtp.allow8bitmime", "true");
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setFrom("sender@example.net");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("user@example.com"));
        message.setSubject("over the wire");
        message.setContent(text + "\r\n", "text/plain; charset=UTF-8");
        message.setHeader("Content-Transfer-Encoding", "8bit");
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(address.getHostString(), address.getPort(),
                    login.length == 0 ? null : login[0], login.length == 0 ? null : login[1]);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    /** What ends in CRLF is sent, everything else must come; of several lines the last one is compared. */
    private void talk(String... steps) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(20_000);
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(reply(in)).isEqualTo("220 mx.example.com ESMTP");
            for (String step : steps) {
                if (step.endsWith("\n")) {
                    socket.getOutputStream().write(step.getBytes(StandardCharsets.ISO_8859_1));
                } else {
                    assertThat(reply(in)).isEqualTo(step);
                }
            }
        }
    }

    private static String reply(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        return line == null ? "(end)" : line;
    }

    private static String asLatin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
