package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.NonBlocking;
import io.smtpra.Peer;
import io.smtpra.Reply;
import io.smtpra.StartTlsHook;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.SmtpListener;
import io.smtpra.ra.inbound.listener.Timeouts;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks that wait, behind the real listener with one event loop: nobody else waits with them. */
class SlowHookTest {

    @TempDir
    private Path spool;
    private Server server;
    private ServerTls tls;
    private ListenerRuntime runtime;
    private SmtpListener listener;
    private InetSocketAddress address;
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void prepare() throws Exception {
        server = new Server(spool).hookThreads(new HookPool());
        tls = ServerTls.open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("localhost")));
        runtime = new ListenerRuntime(1, new ConnectionLimits(200, 200), 100, new Telemetry());
    }

    @AfterEach
    void stop() throws Exception {
        released.countDown();
        listener.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
        runtime.close();
        tls.close();
    }

    private void listen(ListenerKind kind, boolean implicitTls) throws IOException {
        listener = new SmtpListener(new ListenerConfig(kind, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                implicitTls, Timeouts.DEFAULT, AccessRules.EVERYBODY, Optional.empty()), server.protocol(),
                Optional.of(tls), runtime);
        address = listener.start();
    }

    /** A client of one connection. */
    private final class Talk implements AutoCloseable {

        private final Socket socket = new Socket(address.getAddress(), address.getPort());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

        Talk() throws IOException {
            socket.setSoTimeout(20_000);
        }

        Talk says(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        Talk hears(String line) throws IOException {
            assertThat(in.readLine()).isEqualTo(line);
            return this;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Talk greeted() throws IOException {
        return new Talk().hears("220 mx.example.com ESMTP");
    }

    private Talk hello() throws IOException {
        return greeted().says("HELO a").hears("250 mx.example.com");
    }

    @Test
    void aHookThatHangsStopsNeitherOtherConnectionsNorOtherHooks() throws Exception {
        HangingHook hanging = new HangingHook(released);
        HeloHook other = (session, name) -> HookResult.DECLINED;
        server.hook(hanging).hook(other).hookTimeout(Duration.ofMinutes(5));
        listen(ListenerKind.SMTP, false);
        List<Talk> stuck = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            stuck.add(hello().says("MAIL FROM:<a@example.net>"));
        }
        Eventually.isTrue(() -> !hanging.threads().isEmpty());
        // on one event loop, and with a hook of its own that is asked on other threads
        try (Talk talk = hello()) {
            talk.says("NOOP").hears("250 2.0.0 Ok").says("QUIT").hears("221 2.0.0 Bye");
        }
        assertThat(hanging.threads()).allMatch(name -> name.equals("hook"));
        assertThat(hanging.threads().size()).as("places").isLessThan(50);
        released.countDown();
        for (Talk talk : stuck) {
            talk.hears("554 5.7.1 Email rejected");
            talk.close();
        }
    }

    @Test
    void aHookThatTakesTooLongIsARefusalForNow() throws Exception {
        server.hook(new HangingHook(released)).hookTimeout(Duration.ofMillis(100));
        listen(ListenerKind.SMTP, false);
        try (Talk talk = hello()) {
            talk.says("MAIL FROM:<a@example.net>").hears("451 4.3.0 Local error, try again later")
                    .says("MAIL FROM:<>").hears("250 2.1.0 Sender ok");
        }
    }

    @Test
    void aHookThatSaysTooLateWhoAUserIsLetsNobodyIn() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        UserHook late = new UserHook((session, username, password) -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                // given up
            }
            session.setUsername(username);
            over.countDown();
            return HookResult.OK;
        });
        server.noSecurityDomain().hook(late).hookTimeout(Duration.ofMillis(100));
        listen(ListenerKind.SUBMISSIONS, true);
        try (SSLSocket socket = handshake(new Socket(address.getAddress(), address.getPort()))) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("220 ");
            say(socket, "EHLO a");
            assertThat(in.lines().takeWhile(line -> line.startsWith("250-"))).contains("250-AUTH PLAIN LOGIN");
            say(socket, "AUTH PLAIN AGFsaWNlAHNlY3JldA==");
            assertThat(in.readLine()).isEqualTo("454 4.7.0 Authentication is not available for now");
            assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
            say(socket, "MAIL FROM:<alice@example.com>");
            assertThat(in.readLine()).isEqualTo("530 5.7.0 Authentication required");
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void pipelinedCommandsKeepTheirOrder() throws Exception {
        server.hook(new HangingHook(released));
        listen(ListenerKind.SMTP, false);
        try (Talk talk = hello()) {
            talk.says("MAIL FROM:<a@example.net>\r\nNOOP\r\nRSET\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.com>");
            released.countDown();
            talk.hears("554 5.7.1 Email rejected").hears("250 2.0.0 Ok").hears("250 2.0.0 Ok")
                    .hears("250 2.1.0 Sender ok").hears("250 2.1.5 Recipient ok");
        }
    }

    @Test
    void aHookMarkedNonBlockingRunsOnTheEventLoop() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        class Quick implements HeloHook, NonBlocking {
            @Override
            public HookResult doHelo(SMTPSession session, String helo) {
                threads.add(Thread.currentThread().getName());
                return HookResult.DECLINED;
            }
        }
        server.hook(new Quick());
        listen(ListenerKind.SMTP, false);
        hello().close();
        assertThat(threads).hasSize(1).noneMatch(name -> name.equals("hook"));
    }

    /** Records what it is told. */
    private static final class Told implements StartTlsHook {

        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public Optional<Reply> beforeStartTls(Peer peer) {
            told.add("asked " + peer.heloName());
            return Optional.empty();
        }

        @Override
        public void tlsStarted(Peer peer) {
            told.add("started " + peer.tls().orElseThrow().protocol() + " " + peer.heloName());
        }

        @Override
        public void tlsFailed(Peer peer, Throwable cause) {
            told.add("failed " + peer.listener());
        }
    }

    @Test
    void tlsHooksAreToldOfAHandshakeAfterStartTls() throws Exception {
        Told told = new Told();
        server.hook(told);
        listen(ListenerKind.SMTP, false);
        try (Talk talk = hello()) {
            talk.says("STARTTLS").hears("220 2.0.0 Ready to start TLS");
            SSLSocket tls = handshake(talk.socket);
            tls.getOutputStream().write("NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(tls.getInputStream().readNBytes(14), StandardCharsets.US_ASCII))
                    .isEqualTo("250 2.0.0 Ok\r\n");
        }
        assertThat(told.told).containsExactly("asked a", "started TLSv1.3 ");
    }

    @Test
    void tlsHooksAreToldOfAHandshakeAtTheBeginning() throws Exception {
        Told told = new Told();
        server.hook(told);
        listen(ListenerKind.SUBMISSIONS, true);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            SSLSocket tls = handshake(socket);
            assertThat(tls.getInputStream().readNBytes(3)).asString(StandardCharsets.US_ASCII).isEqualTo("220");
        }
        assertThat(told.told).containsExactly("started TLSv1.3 ");
    }

    @Test
    void tlsHooksAreToldOfAHandshakeThatFailed() throws Exception {
        Told told = new Told();
        server.hook(told);
        listen(ListenerKind.SUBMISSIONS, true);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write("EHLO client.example.net\r\n".getBytes(StandardCharsets.US_ASCII));
            Eventually.isTrue(() -> !told.told.isEmpty());
        }
        assertThat(told.told).containsExactly("failed SUBMISSIONS");
    }

    private static SSLSocket handshake(Socket plain) throws Exception {
        plain.setSoTimeout(20_000);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Gullible()}, null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true);
        tls.startHandshake();
        return tls;
    }

    private static final class Gullible implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // everybody
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // everybody
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
