package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.smtpra.ListenerKind;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpListenerTest {

    private TestListener server;

    @BeforeEach
    void start() throws Exception {
        server = TestListener.plain();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void commandsAreAnsweredInOrder() throws Exception {
        try (Client client = server.connects()) {
            client.plays("""
                    S: 220 test
                    C: NOOP
                    S: 250 NOOP
                    C: ONE
                    C: NOTHING
                    C: TWO
                    C: THREE
                    S: 250 ONE
                    S: 250 TWO
                    S: 250 THREE
                    C: QUIT
                    S: 221 bye
                    """);
            assertThat(client.hearsAll()).isEmpty();
        }
        Eventually.assertThat(() -> server.protocol.events).containsExactly("disconnected");
    }

    @Test
    void contentIsReceived() throws Exception {
        try (Client client = server.greeted()) {
            client.plays("""
                    C: DATA
                    S: 354 send
                    C: Subject: x
                    C:
                    C: ..dot
                    C: .
                    C: NOOP
                    S: 250 stored 20
                    S: 250 NOOP
                    C: BDAT 4
                    C: ab
                    C: BDAT 0
                    S: 250 stored 4
                    S: 250 stored 0
                    """);
        }
        assertThat(server.protocol.contents).containsExactly("Subject: x\r\n\r\n.dot\r\n", "ab\r\n", "");
    }

    @Test
    void faultyContentIsReported() throws Exception {
        try (Client client = server.greeted()) {
            client.sends("DATA\r\nab\ncd\r\n.\r\n").plays("""
                    S: 354 send
                    S: 550 faulty
                    """);
        }
    }

    @Test
    void faultyLinesAreAnswered() throws Exception {
        try (Client client = server.greeted()) {
            client.sends("NO\rOP\r\n" + "x".repeat(100_000) + "\r\nNOOP\r\n").plays("""
                    S: 500 5.5.2 A line ends in CRLF and holds no CR or LF
                    S: 500 5.5.2 Line too long
                    S: 250 NOOP
                    """);
        }
    }

    @Test
    void aLineFeedAloneIsAnsweredAtOnceAndEndsTheConnection() throws Exception {
        try (Client client = server.greeted()) {
            assertThat(client.sends("NOOP\nNOOP\r\nQUIT\n").hearsAll())
                    .containsExactly("500 5.5.2 A line ends in CRLF, not in LF alone, closing");
        }
    }

    @Test
    void deferredReplyKeepsItsPlace() throws Exception {
        try (Client client = server.greeted()) {
            client.sends("ONE\r\nWAIT\r\nTWO\r\nDELAY 20\r\nTHREE\r\n").plays("S: 250 ONE");
            Eventually.assertThat(() -> server.protocol.awaited).hasSize(1);
            server.protocol.awaited.remove().complete(ScriptedProtocol.reply("250-waited", "250 for"));
            client.plays("""
                    S: 250-waited
                    S: 250 for
                    S: 250 TWO
                    S: 250 late
                    S: 250 THREE
                    """);
        }
    }

    @Test
    void failingHandlerIsA451() throws Exception {
        try (Client client = server.greeted()) {
            client.sends("FAIL\r\nWAIT\r\nNOOP\r\n").plays("S: 451 4.3.0 Local error, try again later");
            Eventually.assertThat(() -> server.protocol.awaited).hasSize(1);
            server.protocol.awaited.remove().completeExceptionally(new IllegalStateException("told to"));
            client.plays("""
                    S: 451 4.3.0 Local error, try again later
                    S: 250 NOOP
                    """);
        }
    }

    @Test
    void failingReceiverSwallowsTheRest() throws Exception {
        try (Client client = server.greeted()) {
            client.sends("DATA\r\nexplode\r\n").sends("more\r\n.\r\nNOOP\r\n").plays("""
                    S: 354 send
                    S: 451 4.3.0 Local error, try again later
                    S: 250 NOOP
                    """);
        }
        assertThat(server.protocol.events).startsWith("aborted");
        assertThat(server.protocol.contents).isEmpty();
    }

    @Test
    void lineHandlerCanBePushed() throws Exception {
        try (Client client = server.greeted()) {
            client.plays("""
                    C: PUSH
                    S: 334 more
                    C: secret
                    C: NOOP
                    S: 235 secret
                    S: 250 NOOP
                    """);
        }
    }

    @Test
    void pipelinedInputIsSeen() throws Exception {
        try (Client client = server.greeted()) {
            client.plays("""
                    C: PIPE
                    S: 250 false
                    C: PIPE
                    C: PIPE
                    S: 250 true
                    S: 250 false
                    """);
        }
    }

    @Test
    void clientThatEndsItsOutputGetsItsReplies() throws Exception {
        try (Client client = server.greeted()) {
            client.sends("ONE\r\nDELAY 50\r\nTWO\r\n").endsOutput();
            assertThat(client.hearsAll()).containsExactly("250 ONE", "250 late", "250 TWO");
        }
    }

    /** Nothing can come any more, though the connection beneath is open (RFC 8446 section 6.1). */
    @Test
    void clientThatEndsItsTlsGetsItsRepliesAndIsClosed() throws Exception {
        try (ServerTls tls = ServerTls.open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("localhost")))) {
            EmbeddedConnection connection =
                    EmbeddedConnection.to(server.protocol, Optional.of(tls), false, List.of());

            connection.send("STARTTLS\r\n").handshake().send("ONE\r\n").endTls();

            assertThat(connection.heard()).endsWith("250 ONE\r\n");
            assertThat(connection.isOpen()).isFalse();
            connection.end();
        }
    }

    @Test
    void clientThatGoesOnSendingIsNotReset() throws Exception {
        try (Client client = server.greeted()) {
            client.plays("C: QUIT\nS: 221 bye");
            assertThat(client.hears()).as("the server says no more").isEmpty();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
            while (System.nanoTime() - end < 0) {
                client.sends("NOOP\r\n");
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    @Test
    void connectionThatBreaksAbortsItsContent() throws Exception {
        for (boolean reset : new boolean[] {true, false}) {
            server.protocol.events.clear();
            Client client = server.greeted().plays("C: DATA\nS: 354 send\nC: x");
            if (reset) {
                client.resets();
            } else {
                client.close();
            }
            Eventually.assertThat(() -> server.protocol.events).containsExactly("aborted", "disconnected");
        }
        assertThat(server.protocol.contents).isEmpty();
    }

    @Test
    void connectionWithoutASessionIsClosed() throws Exception {
        server.protocol.broken = true;
        try (Client client = server.connects()) {
            assertThat(client.hearsAll()).isEmpty();
        }
        Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
    }

    /** A pipelined dialogue would stall for 40 ms without it. */
    @Test
    void nettySendsWithoutDelayOfItsOwnAccord() {
        SocketChannel channel = new NioSocketChannel();
        assertThat(channel.config().isTcpNoDelay()).isTrue();
        channel.unsafe().closeForcibly();
    }

    @Test
    void portInUseIsNamed() {
        SmtpListener second = new SmtpListener(new ListenerConfig(ListenerKind.SMTP, server.address, false,
                Timeouts.DEFAULT, AccessRules.EVERYBODY, Optional.empty()), server.protocol, Optional.empty(),
                server.runtime);

        assertThatThrownBy(second::start).isInstanceOf(BindException.class)
                .hasMessageContaining("127.0.0.1:" + server.address.getPort())
                .hasMessageContaining("already in use");
        assertThat(second.stop(Duration.ZERO)).isCompleted();
    }
}
