package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.ra.client.ScriptedServer;
import io.smtpra.ra.client.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mail of which nothing was accepted goes over a new connection at once, where that may help. */
@Timeout(60)
class NewConnectionTest {

    private static final String MAIL = """
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<to@example.org>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go ahead
            CONTENT
            S: 250 ok
            """;

    @Test
    void whenTheNextHopDoesNotUnderstandTheBdatThatItOffers() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING", "CHUNKING") + """
                        C: MAIL *
                        C: RCPT *
                        S: 250 ok
                        S: 250 ok
                        C: BDAT *
                        S: 502 5.5.1 not implemented
                        LEFT
                        """,
                Scripts.greeted("PIPELINING", "CHUNKING") + MAIL + MAIL + "LEFT");
                Outbound outbound = to(server)) {
            SmtpConnectionFactory factory = outbound.factory();
            for (int i = 0; i < 2; i++) {
                try (SmtpConnection connection = factory.getConnection()) {
                    connection.send(Outbound.envelope("to@example.org"), Outbound.content("x"));
                }
            }
            assertThat(server.contents()).hasSize(2);
        }
    }

    @Test
    void whenTheNextHopHasEnoughOfAKeptConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING") + MAIL + """
                        C: MAIL *
                        C: RCPT *
                        C: DATA
                        S: 450 4.7.0 enough of you
                        S: 503 5.5.1 MAIL first
                        S: 503 5.5.1 MAIL first
                        LEFT
                        """,
                Scripts.greeted("PIPELINING") + MAIL + "LEFT");
                Outbound outbound = to(server)) {
            SmtpConnectionFactory factory = outbound.factory();
            for (int i = 0; i < 2; i++) {
                try (SmtpConnection connection = factory.getConnection()) {
                    connection.send(Outbound.envelope("to@example.org"), Outbound.content("x"));
                }
            }
            assertThat(server.contents()).hasSize(2);
        }
    }

    private static Outbound to(ScriptedServer server) throws Exception {
        Outbound outbound = new Outbound();
        outbound.managedFactory.setPort(Integer.toString(server.port()));
        return outbound;
    }
}
