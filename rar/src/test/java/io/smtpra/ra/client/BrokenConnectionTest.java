package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.MailContent;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.ConnectionBrokenException.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that leave, are silent, are slow, or talk nonsense, in each phase. None holds us longer than configured. */
@Timeout(60)
class BrokenConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String GREETED = Scripts.greeted("PIPELINING");
    private static final String MAIL = "C: MAIL *\nC: RCPT *\nC: DATA\n";

    /** How far the script comes, in which phase that is, and whether the mail may be sent again. */
    private static final List<Arguments> PHASES = List.of(
            Arguments.of(Phase.CONNECT, true, ""),
            Arguments.of(Phase.HELLO, true, "S: 220 x\nC: EHLO *\n"),
            Arguments.of(Phase.HELLO, true, "S: 220 x\nC: EHLO *\nS: 250-half a reply\n"),
            Arguments.of(Phase.MAIL, true, GREETED + MAIL),
            Arguments.of(Phase.RECIPIENT, true, GREETED + MAIL + "S: 250 ok\n"),
            Arguments.of(Phase.DATA, true, GREETED + MAIL + "S: 250 ok\nS: 250 ok\n"),
            Arguments.of(Phase.END_OF_DATA, false, GREETED + MAIL + "S: 250 ok\nS: 250 ok\nS: 354 go\nCONTENT\n"),
            Arguments.of(Phase.END_OF_DATA, false, GREETED + MAIL
            + "S: 250 ok\nS: 250 ok\nS: 354 go\nCONTENT\ns: 25\n"));

    static Stream<Arguments> phases() {
        return PHASES.stream();
    }

    @ParameterizedTest
    @MethodSource("phases")
    void closes(Phase phase, boolean noDataAccepted, String script) throws Exception {
        ConnectionBrokenException e = failure(script + "CLOSE");
        assertThat(e.phase()).isEqualTo(phase);
        assertThat(e.kind()).isEqualTo(Kind.LOST);
        assertThat(e.isReplaceable()).isEqualTo(noDataAccepted);
        assertThat(e.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("phases")
    void resets(Phase phase, boolean noDataAccepted, String script) throws Exception {
        ConnectionBrokenException e = failure(script + "RESET");
        assertThat(e.phase()).isEqualTo(phase);
        assertThat(e.kind()).isEqualTo(Kind.LOST);
        assertThat(e.noDataAccepted()).isEqualTo(noDataAccepted);
    }

    @ParameterizedTest
    @MethodSource("phases")
    void says_421(Phase phase, boolean noDataAccepted, String script) throws Exception {
        String complete = script.replace("S: 250-half a reply\n", "").replace("s: 25\n", "");
        ConnectionBrokenException e = failure(complete + "S: 421 4.3.2 closing\nCLOSE");
        assertThat(e.phase()).isEqualTo(phase);
        assertThat(e.kind()).isEqualTo(Kind.SHUT_DOWN);
        assertThat(e.isReplaceable()).isEqualTo(noDataAccepted);
        assertThat(e.reply()).get().hasToString("421 4.3.2 closing");
    }

    @ParameterizedTest
    @MethodSource("phases")
    void is_silent(Phase phase, boolean noDataAccepted, String script) throws Exception {
        ConnectionBrokenException e = failure(script + "SILENCE");
        assertThat(e.phase()).isEqualTo(phase);
        assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(e.noDataAccepted()).isEqualTo(noDataAccepted);
        assertThat(e.isReplaceable()).isFalse();
        assertThat(e).hasMessageContaining(Clients.SHORT.toMillis() + " ms");
    }

    @ParameterizedTest
    @MethodSource("phases")
    void dribbles(Phase phase, boolean noDataAccepted, String script) throws Exception {
        long start = System.nanoTime();
        String complete = script.replace("s: 25\n", "");
        ConnectionBrokenException e = failure(complete + "DRIBBLE 250-and so on, one octet after the other\\r\\n");
        assertThat(e.phase()).isEqualTo(phase);
        assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Clients.SHORT.multipliedBy(6));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void talks_nonsense(Phase phase, boolean noDataAccepted, String script) throws Exception {
        String complete = script.replace("S: 250-half a reply\n", "").replace("s: 25\n", "");
        for (String nonsense : List.of("S: hello", "S: 25", "S: 199 no", "S: 600 no", "S: 250.no", "S: ",
                "S: 250-a\nS: hello")) {
            ConnectionBrokenException e = failure(complete + nonsense + "\nEOF");
            assertThat(e.phase()).isEqualTo(phase);
            assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(e.isReplaceable()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void never_stops_talking(Phase phase, boolean noDataAccepted, String script) throws Exception {
        ConnectionBrokenException e = failure(script.replace("s: 25\n", "") + "FLOOD 250-more");
        assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(e).hasMessageContaining("more than 128 lines");
        assertThat(e.phase()).isEqualTo(phase);
    }

    @Test
    void says_a_line_without_end() throws Exception {
        assertThat(failure("FLOOD 220 " + "x".repeat(3_000))).hasMessageContaining("more than 2048 octets");
    }

    @Test
    void greets_late_but_in_time() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays("""
                s: 2
                PAUSE 200
                s: 20 mx
                PAUSE 200
                S: .example.org
                """ + Scripts.hello("PIPELINING") + Scripts.MAIL + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                Mails.send(connection);
            }
            server.verify();
        }
    }

    @Test
    void refuses_the_connection() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        ConnectionBrokenException e = catching(() -> Clients.open(ClientConfig.plain("127.0.0.1", port)));
        assertThat(e.phase()).isEqualTo(Phase.CONNECT);
        assertThat(e.kind()).isEqualTo(Kind.LOST);
    }

    @Test
    void does_not_exist() {
        ConnectionBrokenException e = catching(() -> Clients.open(ClientConfig.plain("no-such-host.test", 25)));
        assertThat(e.phase()).isEqualTo(Phase.CONNECT);
        assertThat(e).hasMessageContaining("no-such-host.test:25");
    }

    @Test
    void takes_the_content_never() throws Exception {
        byte[] large = "0123456789abcd\r\n".repeat(2 << 20).getBytes();
        try (ScriptedServer server = ScriptedServer.plays(GREETED + Scripts.GROUP_TO_354 + "SILENCE")) {
            SmtpClientConnection connection = Clients.open(Clients.hasty(server));
            ConnectionBrokenException e = catching(() -> connection.send(
                    Mails.ENVELOPE, Mails.content(MailContent.of(large)), Mails.options()));
            assertThat(e.phase()).isEqualTo(Phase.DATA);
            assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(e.noDataAccepted()).isFalse();
        }
    }

    @Test
    void says_why_it_leaves_in_the_middle_of_the_content() throws Exception {
        byte[] large = "0123456789abcd\r\n".repeat(2 << 20).getBytes();
        try (ScriptedServer server = ScriptedServer.plays(GREETED + Scripts.GROUP_TO_354 + """
                OCTETS 100000
                S: 421 4.3.1 disk full
                HALF-CLOSE
                OCTETS 20000000
                RESET
                """)) {
            SmtpClientConnection connection = Clients.open(server);
            ConnectionBrokenException e = catching(() -> connection.send(
                    Mails.ENVELOPE, Mails.content(MailContent.of(large)), Mails.options()));
            assertThat(e.phase()).isEqualTo(Phase.DATA);
            assertThat(e.kind()).isEqualTo(Kind.SHUT_DOWN);
            assertThat(e.reply()).get().hasToString("421 4.3.1 disk full");
            assertThat(e.isReplaceable()).isFalse();
        }
    }

    @Test
    void accepts_after_we_gave_up() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(GREETED + Scripts.GROUP_TO_354 + """
                CONTENT
                EOF
                S: 250 too late
                """)) {
            SmtpClientConnection connection = Clients.open(Clients.hasty(server));
            ConnectionBrokenException e = catching(() -> Mails.send(connection));
            assertThat(e.phase()).isEqualTo(Phase.END_OF_DATA);
            assertThat(e).hasMessageContaining("may have taken the mail all the same");
            assertThat(e.isReplaceable()).isFalse();
            assertThat(connection.isOpen()).isFalse();
            assertThat(catching(() -> Mails.send(connection)).noDataAccepted()).isTrue();
        }
    }

    @Test
    void answers_more_than_was_asked() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(GREETED + Scripts.MAIL + "S: 250 and more\nEOF")) {
            SmtpClientConnection connection = Clients.open(server);
            // Whether the surplus arrives with the reply or behind it, it never answers the next mail's commands.
            Mails.send(connection);
            Eventually.within(PATIENCE, connection::isStale);
            ConnectionBrokenException e = catching(() -> Mails.send(connection));
            assertThat(e.noDataAccepted()).isTrue();
        }
    }

    @Test
    void is_interrupted_with_us() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(GREETED + MAIL + "SILENCE")) {
            SmtpClientConnection connection = Clients.open(server);
            List<Throwable> caught = new ArrayList<>();
            Thread sender = new Thread(() -> caught.add(catching(() -> Mails.send(connection))));
            sender.start();
            Eventually.within(PATIENCE, () -> server.lastHeard().equals("DATA"));
            sender.interrupt();
            sender.join(5_000);
            assertThat(caught).singleElement().isInstanceOf(ConnectionBrokenException.class);
        }
    }

    @Test
    void is_aborted_by_another_thread() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(GREETED + MAIL + "SILENCE")) {
            SmtpClientConnection connection = Clients.open(server);
            List<ConnectionBrokenException> caught = new ArrayList<>();
            Thread sender = new Thread(() -> caught.add(catching(() -> Mails.send(connection))));
            sender.start();
            Eventually.within(PATIENCE, () -> server.lastHeard().equals("DATA"));
            connection.abort();
            sender.join(5_000);
            assertThat(caught).singleElement().matches(e -> e.kind() == Kind.LOST);
        }
    }

    /** Opens a connection and sends a mail on it, in vain. */
    private static ConnectionBrokenException failure(String script) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(script)) {
            return catching(() -> Mails.send(Clients.open(Clients.hasty(server))));
        }
    }

    private static ConnectionBrokenException catching(ThrowingCallable call) {
        return catchThrowableOfType(ConnectionBrokenException.class, call);
    }
}
