package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.Envelope;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.net.Watchdog;
import io.smtpra.ra.client.transfer.SendOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next hop refuses is told as it was said, and the connection serves the next mail. */
class RefusalTest {

    static Stream<Arguments> openings() {
        return Stream.of(
                opening(Phase.CONNECT, false, "S: 554 5.7.1 not you"),
                opening(Phase.CONNECT, true, "S: 450 4.7.1 later"),
                opening(Phase.HELLO, true, "S: 220 x\nC: EHLO *\nS: 451 4.3.0 busy"),
                opening(Phase.HELLO, false, "S: 220 x\nC: EHLO *\nS: 550 5.7.1 bad name\nC: HELO *\nS: 550 5.7.1 go away"));
    }

    @ParameterizedTest
    @MethodSource("openings")
    void refused_before_any_mail(Phase phase, boolean retryable, String script) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(script + "\n" + Scripts.QUIT)) {
            SmtpException e = failure(() -> Clients.open(server));
            server.verify();
            assertThat(e.phase()).isEqualTo(phase);
            assertThat(e.isRetryable()).isEqualTo(retryable);
            assertThat(e.reply()).isPresent();
        }
    }

    static Stream<Arguments> mails() {
        return Stream.of(
                mail("MAIL alone", Phase.MAIL, "550 5.1.8 no such sender", """
                        C: MAIL FROM:<a@example.com>
                        C: RCPT TO:<b@example.org>
                        C: DATA
                        S: 550 5.1.8 no such sender
                        S: 503 5.5.1 MAIL first
                        S: 503 5.5.1 MAIL first
                        """),
                mail("MAIL, but the server says 354 all the same", Phase.MAIL, "451 4.3.0 no", """
                        C: MAIL FROM:<a@example.com>
                        C: RCPT TO:<b@example.org>
                        C: DATA
                        S: 451 4.3.0 no
                        S: 503 5.5.1 MAIL first
                        S: 354 whatever
                        C: .
                        S: 503 5.5.1 MAIL first
                        """),
                mail("the only recipient", Phase.RECIPIENT, "550 5.1.1 unknown", """
                        C: MAIL FROM:<a@example.com>
                        C: RCPT TO:<b@example.org>
                        C: DATA
                        S: 250 ok
                        S: 550 5.1.1 unknown
                        S: 554 5.5.1 no valid recipients
                        C: RSET
                        S: 250 ok
                        """),
                mail("the only recipient, but the server says 354 all the same", Phase.RECIPIENT, "450 4.2.0 later", """
                        C: MAIL FROM:<a@example.com>
                        C: RCPT TO:<b@example.org>
                        C: DATA
                        S: 250 ok
                        S: 450 4.2.0 later
                        S: 354 go ahead
                        C: .
                        S: 554 5.5.1 no valid recipients
                        C: RSET
                        S: 250 ok
                        """),
                mail("DATA", Phase.DATA, "452 4.3.1 full", """
                        C: MAIL FROM:<a@example.com>
                        C: RCPT TO:<b@example.org>
                        C: DATA
                        S: 250 ok
                        S: 250 ok
                        S: 452 4.3.1 full
                        C: RSET
                        S: 250 ok
                        """),
                mail("the content", Phase.END_OF_DATA, "554 5.7.1 spam", Scripts.GROUP_TO_354 + """
                        CONTENT
                        S: 554 5.7.1 spam
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void refused_and_ready_for_the_next(String what, Phase phase, String reply, String script) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING") + script + Scripts.MAIL + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SmtpException e = failure(() -> Mails.send(connection));
                assertThat(e.phase()).isEqualTo(phase);
                assertThat(e.reply()).get().hasToString(reply);
                assertThat(e.isRetryable()).isEqualTo(reply.startsWith("4"));
                assertThat(e).isNotInstanceOf(ConnectionBrokenException.class);
                assertThat(connection.isOpen()).isTrue();
                Mails.send(connection);
            }
            server.verify();
        }
    }

    @Test
    void one_refused_recipient_refuses_the_mail_and_all_outcomes_are_told() throws Exception {
        for (String extension : new String[] {"PIPELINING", "HELP"}) {
            boolean grouped = extension.equals("PIPELINING");
            String script = grouped
                    ? """
                      C: MAIL FROM:<a@example.com>
                      C: RCPT TO:<b@example.org>
                      C: RCPT TO:<c@example.org>
                      C: RCPT TO:<d@example.org>
                      S: 250 ok
                      S: 250 b
                      S: 450 4.2.1 not now
                      S: 550 5.1.1 no d
                      """
                    : """
                      C: MAIL FROM:<a@example.com>
                      S: 250 ok
                      C: RCPT TO:<b@example.org>
                      S: 250 b
                      C: RCPT TO:<c@example.org>
                      S: 450 4.2.1 not now
                      C: RCPT TO:<d@example.org>
                      S: 550 5.1.1 no d
                      """;
            try (ScriptedServer server = ScriptedServer.plays(
                    Scripts.greeted(extension) + script + "C: RSET\nS: 250 ok\n" + Scripts.QUIT)) {
                try (SmtpClientConnection connection = Clients.open(server)) {
                    SmtpException e = failure(() -> Mails.send(connection, Mails.TO_THREE, Mails.TEXT));
                    assertThat(e.phase()).isEqualTo(Phase.RECIPIENT);
                    assertThat(e).hasMessageContaining("refused 2 of 3 recipients: 550 5.1.1 no d");
                    assertThat(e.recipients()).extracting(outcome -> outcome.reply().toString())
                            .containsExactly("250 b", "450 4.2.1 not now", "550 5.1.1 no d");
                    assertThat(e.isRetryable()).isFalse();
                }
                server.verify();
            }
        }
    }

    @Test
    void nobody_left_refuses_a_partial_mail_too() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + """
                C: MAIL FROM:<a@example.com>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 ok
                S: 450 4.2.1 b
                S: 450 4.2.1 c
                S: 354 go ahead
                C: .
                S: 554 5.5.1 no valid recipients
                C: RSET
                S: 250 ok
                """ + Scripts.QUIT)) {
            Envelope envelope = Envelope.from("a@example.com").to("b@example.org", "c@example.org").build();
            try (SmtpClientConnection connection = Clients.open(server)) {
                SmtpException e = failure(
                        () -> connection.send(Mails.partial(envelope), Mails.content(Mails.TEXT), Mails.options()));
                assertThat(e.isRetryable()).isTrue();
                assertThat(e.recipients()).hasSize(2);
            }
            server.verify();
        }
    }

    @Test
    void a_server_that_would_take_an_empty_mail_is_left_without_a_dot() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + """
                C: MAIL FROM:<a@example.com>
                C: RCPT TO:<b@example.org>
                C: DATA
                S: 550 5.1.8 no such sender
                S: 250 but the recipient
                S: 354 and go ahead
                EOF
                """)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                assertThat(failure(() -> Mails.send(connection)).phase()).isEqualTo(Phase.MAIL);
                assertThat(connection.isOpen()).isFalse();
            }
            server.verify();
        }
    }

    @Test
    void a_connection_that_cannot_be_reset_is_given_up() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted() + """
                C: MAIL FROM:<a@example.com>
                S: 250 ok
                C: RCPT TO:<b@example.org>
                S: 550 5.1.1 unknown
                C: RSET
                S: 500 5.5.1 what?
                EOF
                """)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                assertThat(failure(() -> Mails.send(connection)).reply()).get().hasToString("550 5.1.1 unknown");
                assertThat(connection.isOpen()).isFalse();
            }
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.7.1 spam", "452 4.3.1 full", "552 5.3.4 too big", "504 5.5.4 no"})
    void a_refused_chunk_is_followed_by_a_reset_and_the_next_mail(String refusal) throws Exception {
        String mail = """
                C: MAIL FROM:<a@example.com>
                S: 250 ok
                C: RCPT TO:<b@example.org>
                S: 250 ok
                C: BDAT 21 LAST
                OCTETS 21
                S:\s""";
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("CHUNKING") + mail + refusal
                + "\nC: RSET\nS: 250 ok\n" + mail + "250 ok\n" + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SmtpException e = failure(() -> Mails.send(connection));
                assertThat(e.phase()).isEqualTo(Phase.END_OF_DATA);
                assertThat(e.reply()).get().hasToString(refusal);
                assertThat(connection.isOpen()).isTrue();
                Mails.send(connection);
            }
            server.verify();
        }
    }

    @Test
    void a_refused_chunk_is_told_even_if_the_server_leaves() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("CHUNKING") + """
                C: MAIL *
                S: 250 ok
                C: RCPT *
                S: 250 ok
                C: BDAT 21 LAST
                OCTETS 21
                S: 550 5.7.1 spam
                C: RSET
                CLOSE
                """)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                assertThat(failure(() -> Mails.send(connection)).reply()).get().hasToString("550 5.7.1 spam");
                assertThat(connection.isOpen()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 5.5.1 what?", "502 5.5.1 not here", "503 5.5.1 not now"})
    void a_server_that_does_not_understand_BDAT_is_left_and_sent_to_by_DATA(String reply) throws Exception {
        String greeted = Scripts.greeted("PIPELINING", "CHUNKING");
        try (ScriptedServer server = ScriptedServer.plays(greeted + """
                C: MAIL *
                C: RCPT *
                S: 250 ok
                S: 250 ok
                C: BDAT 21 LAST
                S: %s
                LEFT
                """.formatted(reply), greeted + Scripts.MAIL + Scripts.QUIT, greeted + Scripts.MAIL + Scripts.QUIT)) {
            SmtpClient client = new SmtpClient(Clients.config(server), new Watchdog());
            SendBudget budget = SendBudget.of(Duration.ofMinutes(1));
            try (SmtpClientConnection connection = client.open(Optional.empty(), budget)) {
                ConnectionBrokenException e = catchThrowableOfType(
                        ConnectionBrokenException.class, () -> Mails.send(connection));
                assertThat(e.isReplaceable()).isTrue();
                assertThat(e).hasMessageContaining(reply);
            }
            for (int i = 0; i < 2; i++) {
                try (SmtpClientConnection connection = client.open(Optional.empty(), budget)) {
                    Mails.send(connection);
                }
            }
            server.verify();
        }
    }

    @Test
    void a_refusal_for_now_on_a_kept_connection_may_be_of_the_connection() throws Exception {
        String refused = """
                C: MAIL *
                C: RCPT *
                C: DATA
                S: 450 4.7.0 too many mails in this session
                S: 503 5.5.1 MAIL first
                S: 503 5.5.1 MAIL first
                """;
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING") + refused + Scripts.MAIL + refused + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SendOptions kept = new SendOptions(SendBudget.of(Duration.ofMinutes(1)), Optional.of(Clients.SHORT));
                assertThat(failure(() -> Mails.send(connection))).isNotInstanceOf(ConnectionBrokenException.class);
                Mails.send(connection);
                ConnectionBrokenException e = catchThrowableOfType(ConnectionBrokenException.class, () ->
                        connection.send(Mails.ENVELOPE, Mails.content(Mails.TEXT), kept));
                assertThat(e.isReplaceable()).isTrue();
                assertThat(e.reply()).get().hasToString("450 4.7.0 too many mails in this session");
                assertThat(connection.isOpen()).isFalse();
            }
            server.verify();
        }
    }

    private static SmtpException failure(ThrowingCallable call) {
        return catchThrowableOfType(SmtpException.class, call);
    }

    private static Arguments opening(Phase phase, boolean retryable, String script) {
        return Arguments.of(phase, retryable, script);
    }

    private static Arguments mail(String what, Phase phase, String reply, String script) {
        return Arguments.of(what, phase, reply, script);
    }
}
