package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsAnswer.Status;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.authenticity.AuthenticityConfig;
import io.smtpra.ra.authenticity.CheckPolicy;
import io.smtpra.ra.authenticity.dkim.SignatureVerifier;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.SmtpListener;
import io.smtpra.ra.inbound.listener.Timeouts;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.hook.AuthenticityPorts;
import io.smtpra.ra.telemetry.Telemetry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DNS that takes its time, behind the real listener with one event loop: who it is about waits, and nobody else. */
class SlowDnsTest {

    private static final DnsAnswer NOTHING = new DnsAnswer(Status.NO_NAME, List.of(), false, "");

    @TempDir
    private Path spool;
    private final CompletableFuture<DnsAnswer> slow = new CompletableFuture<>();
    private final AtomicInteger slowQuestions = new AtomicInteger();
    private final DnsLookup dns = (name, type) -> {
        if (!name.endsWith("slow.test")) {
            return CompletableFuture.completedFuture(NOTHING);
        }
        slowQuestions.incrementAndGet();
        return slow.copy();
    };
    private Server server;
    private ListenerRuntime runtime;
    private SmtpListener listener;
    private InetSocketAddress address;

    private void listen(Duration time) throws IOException {
        HookPool threads = new HookPool();
        server = new Server(spool).hookThreads(threads).authenticity(new AuthenticityPorts(
                new AuthenticityConfig(CheckPolicy.OBSERVE, CheckPolicy.OBSERVE, time, true, List.of()), List.of(), dns,
                new SignatureVerifier(), threads));
        runtime = new ListenerRuntime(1, new ConnectionLimits(200, 200), 100, new Telemetry());
        listener = new SmtpListener(new ListenerConfig(ListenerKind.SMTP,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, Timeouts.DEFAULT,
                AccessRules.EVERYBODY, Optional.empty()), server.protocol(), Optional.empty(), runtime);
        address = listener.start();
    }

    @AfterEach
    void stop() throws Exception {
        listener.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
        runtime.close();
    }

    /** A client that sends a mail, and reads the last answer when it wants to. */
    private final class Sending implements AutoCloseable {

        private final Socket socket = new Socket(address.getAddress(), address.getPort());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

        Sending(String domain) throws IOException {
            socket.setSoTimeout(60_000);
            hears("220");
            says("HELO client.test").hears("250");
            says("MAIL FROM:<joe@" + domain + ">").hears("250 2.1.0");
            says("RCPT TO:<user@example.com>").hears("250 2.1.5");
            says("DATA").hears("354");
            says("From: joe@" + domain + "\r\nDKIM-Signature: v=1; a=rsa-sha256; d=" + domain
                    + "; s=s1; h=from; bh=AAAA; b=AAAA\r\n\r\ntext\r\n.");
        }

        Sending says(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        void hears(String line) throws IOException {
            assertThat(in.readLine()).startsWith(line);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void keepsNobodyElseWaiting() throws Exception {
        listen(Duration.ofMinutes(1));
        List<Sending> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(new Sending("slow.test"));
        }
        Eventually.isTrue(() -> slowQuestions.get() >= 50);
        for (int i = 0; i < 3; i++) {
            try (Sending other = new Sending("quick.test")) {
                other.hears("250 2.0.0");
            }
        }
        assertThat(server.mails()).hasSize(3);
        slow.complete(NOTHING);
        for (Sending one : waiting) {
            one.hears("250 2.0.0");
            one.close();
        }
        assertThat(server.mails()).hasSize(53);
    }

    /** Two waits, one after the other, are one answer. */
    @Test
    void mayBeFollowedByADeliveryThatTakesItsTimeToo() throws Exception {
        listen(Duration.ofMinutes(1));
        CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
        server.outcome(outcome);
        try (Sending one = new Sending("slow.test")) {
            Eventually.isTrue(() -> slowQuestions.get() > 0);
            slow.complete(NOTHING);
            Eventually.isTrue(() -> server.mails().size() == 1);
            outcome.complete(new DeliveryOutcome.Delivered());
            one.hears("250 2.0.0");
            one.says("NOOP").hears("250 2.0.0 Ok");
        }
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void isATemperrorWhenTheTimeIsOver() throws Exception {
        listen(Duration.ofMillis(300));
        try (Sending one = new Sending("slow.test")) {
            one.hears("250 2.0.0");
        }
        assertThat(server.mail().authenticity().verdicts()).extracting(Verdict::method)
                .containsExactly("spf", "dkim", "dmarc");
        assertThat(server.mail().authenticity().spf().orElseThrow().result()).isEqualTo(VerdictResult.TEMPERROR);
        assertThat(server.mail().authenticity().dmarc().orElseThrow().reason()).contains("authenticationTimeout");
    }

    @Test
    void forgetsWhoHangsUp() throws Exception {
        listen(Duration.ofMinutes(1));
        for (int i = 0; i < 20; i++) {
            new Sending("slow.test").close();
        }
        Eventually.isTrue(() -> slowQuestions.get() >= 20);
        slow.complete(NOTHING);
        Eventually.isTrue(() -> server.memoryInUse() == 0);
    }
}
