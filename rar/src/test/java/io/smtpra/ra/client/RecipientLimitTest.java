package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.Envelope;
import io.smtpra.RecipientOutcome;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.transfer.SendResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More recipients than the next hop takes in one transaction go in several (RFC 5321 section 4.5.3.1.10). */
@Timeout(60)
class RecipientLimitTest {

    private static final Envelope TO_FIVE = Envelope.from("a@example.com")
            .to("b@example.org", "c@example.org", "d@example.org", "e@example.org", "f@example.org").build();

    private static final String FIRST_TWO = """
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<b@example.org>
            C: RCPT TO:<c@example.org>
            C: RCPT TO:<d@example.org>
            C: RCPT TO:<e@example.org>
            C: RCPT TO:<f@example.org>
            S: 250 ok
            S: 250 b
            S: 250 c
            S: LIMIT
            S: LIMIT
            S: LIMIT
            """;
    private static final String CONTENT = "C: DATA\nS: 354 go ahead\nCONTENT\nS: 250 ok\n";
    private static final String NEXT_TWO = """
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<d@example.org>
            C: RCPT TO:<e@example.org>
            S: 250 ok
            S: 250 d
            S: 250 e
            """ + CONTENT;
    private static final String LAST = """
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<f@example.org>
            C: DATA
            S: 250 ok
            S: 250 f
            S: 354 go ahead
            CONTENT
            S: 250 ok
            """;

    @ParameterizedTest
    @ValueSource(strings = {"452 4.5.3 too many", "452 too many", "552 5.5.3 too many", "552 too many"})
    void the_rest_goes_in_further_transactions_and_the_limit_is_remembered(String limit) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING")
                + FIRST_TWO.replace("LIMIT", limit) + CONTENT + NEXT_TWO + LAST + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SendResult result = Mails.send(connection, TO_FIVE, Mails.TEXT);
                assertThat(result.recipients()).allMatch(RecipientOutcome::isAccepted)
                        .extracting(outcome -> outcome.reply().text()).containsExactly("b", "c", "d", "e", "f");
            }
            server.verify();
            assertThat(server.contents()).hasSize(3);
        }
    }

    @Test
    void without_PIPELINING_no_more_is_asked_than_that() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted() + """
                C: MAIL *
                S: 250 ok
                C: RCPT TO:<b@example.org>
                S: 250 b
                C: RCPT TO:<c@example.org>
                S: 452 4.5.3 too many
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 ok
                C: MAIL *
                S: 250 ok
                C: RCPT TO:<c@example.org>
                S: 250 c
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 ok
                """ + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                Envelope envelope = Envelope.from("a@example.com").to("b@example.org", "c@example.org").build();
                assertThat(Mails.send(connection, envelope, Mails.TEXT).recipients()).hasSize(2);
            }
            server.verify();
        }
    }

    @Test
    void a_limit_that_was_told_is_kept() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING", "LIMITS MAILMAX=9 RCPTMAX=3") + """
                C: MAIL FROM:<a@example.com>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: RCPT TO:<d@example.org>
                S: 250 ok
                S: 250 b
                S: 250 c
                S: 250 d
                """ + CONTENT + NEXT_TWO.replace("<e@", "<f@").replace("<d@", "<e@") + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                assertThat(Mails.send(connection, TO_FIVE, Mails.TEXT).recipients()).hasSize(5);
            }
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"452 4.2.2 mailbox full", "552 5.2.2 mailbox full", "450 4.5.3 later", "452 4.3.1 disk full"})
    void what_is_refused_for_another_reason_refuses_the_mail(String refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING")
                + FIRST_TWO.replace("LIMIT", refusal) + "C: RSET\nS: 250 ok\n" + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SmtpException e = failure(connection, TO_FIVE);
                assertThat(e.reply()).get().hasToString(refusal);
                assertThat(e.recipients()).hasSize(5);
            }
            server.verify();
        }
    }

    @Test
    void a_recipient_in_the_middle_that_is_full_is_no_limit() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING")
                + FIRST_TWO.replaceFirst("LIMIT", "452 full").replaceFirst("LIMIT", "250 e")
                        .replaceFirst("LIMIT", "250 f") + "C: RSET\nS: 250 ok\n" + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                assertThat(failure(connection, TO_FIVE)).hasMessageContaining("refused 1 of 5 recipients");
            }
            server.verify();
        }
    }

    @Test
    void a_refusal_of_the_rest_tells_who_has_the_mail() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING")
                + FIRST_TWO.replace("LIMIT", "452 4.5.3 too many") + CONTENT
                + NEXT_TWO.replace("S: 250 e", "S: 550 5.1.1 no e").replace(CONTENT, "C: RSET\nS: 250 ok\n")
                + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SmtpException e = failure(connection, TO_FIVE);
                assertThat(e).hasMessageContaining("has taken the mail for 2 of its 5 recipients, but then");
                assertThat(e.phase()).isEqualTo(Phase.RECIPIENT);
                assertThat(e.isRetryable()).isFalse();
                assertThat(e.reply()).get().hasToString("550 5.1.1 no e");
                assertThat(e.recipients()).extracting(RecipientOutcome::isAccepted)
                        .containsExactly(true, true, false);
            }
            server.verify();
        }
    }

    @Test
    void a_refusal_of_the_rest_is_an_outcome_where_a_part_is_enough() throws Exception {
        String withData = "C: DATA\nS: 250 ok\nS: 250 b\nS: 250 c\n" + "S: 452 4.5.3 too many\n".repeat(3)
                + "S: 354 go ahead\nCONTENT\nS: 250 ok\n";
        String refused = NEXT_TWO.substring(0, NEXT_TWO.indexOf("S: 250 ok")) + """
                C: DATA
                S: 451 4.7.1 too many mails
                S: 503 MAIL first
                S: 503 MAIL first
                S: 503 MAIL first
                """;
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING")
                + FIRST_TWO.substring(0, FIRST_TWO.indexOf("S: 250 ok")) + withData + refused + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SendResult result = Mails.send(connection, Mails.partial(TO_FIVE), Mails.TEXT);
                assertThat(result.recipients()).extracting(outcome -> outcome.reply().toString()).containsExactly(
                        "250 b", "250 c", "451 4.7.1 too many mails", "451 4.7.1 too many mails",
                        "451 4.7.1 too many mails");
            }
            server.verify();
        }
    }

    @Test
    void a_connection_that_breaks_in_between_is_no_reason_to_send_to_all_again() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING")
                + FIRST_TWO.replace("LIMIT", "452 4.5.3 too many") + CONTENT + "C: MAIL *\nC: RCPT *\nC: RCPT *\nCLOSE")) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SmtpException e = failure(connection, TO_FIVE);
                assertThat(e).isNotInstanceOf(ConnectionBrokenException.class);
                assertThat(e).hasMessageContaining("has taken the mail for 2 of its 5 recipients");
                assertThat(e.recipients()).hasSize(2).allMatch(RecipientOutcome::isAccepted);
                assertThat(e.isRetryable()).isTrue();
            }
        }
    }

    private static SmtpException failure(SmtpClientConnection connection, Envelope envelope) {
        return catchThrowableOfType(SmtpException.class, () -> Mails.send(connection, envelope, Mails.TEXT));
    }
}
