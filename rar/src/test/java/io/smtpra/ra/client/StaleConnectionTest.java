package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.client.transfer.ClientExtensions;
import io.smtpra.ra.tls.client.OutboundTls;
import io.smtpra.ra.tls.material.TestPki;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the peer did while nobody looked is seen without talking and without waiting. */
@Timeout(60)
class StaleConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static SSLContext tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = ServerContexts.of(TestPki.selfSigned(TestPki.Request.host("localhost")));
    }

    @ParameterizedTest
    @CsvSource({
        "false, CLOSE", "false, RESET", "false, HALF-CLOSE", "false, S: 421 4.4.2 idle too long", "false, s: 4",
        "true, CLOSE", "true, RESET", "true, S: 421 4.4.2 idle too long"})
    void what_the_peer_left_or_said_makes_it_stale(boolean encrypted, String fault) throws Exception {
        String script = Scripts.greeted("PIPELINING") + Scripts.MAIL + fault + "\n"
                + (fault.endsWith("E") && !fault.startsWith("HALF") || fault.equals("RESET") ? "" : "LEFT\n");
        try (ScriptedServer server = ScriptedServer.playsWithTls(tls, encrypted ? "TLS\n" + script : script)) {
            SmtpClientConnection connection = Clients.open(config(server, encrypted));
            Mails.send(connection);
            Eventually.within(PATIENCE, connection::isStale);
            connection.close();
            server.verify();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void a_quiet_peer_is_asked_nothing_and_waited_for_never(boolean encrypted) throws Exception {
        String script = Scripts.greeted("PIPELINING") + Scripts.MAIL + Scripts.MAIL + Scripts.QUIT;
        try (ScriptedServer server = ScriptedServer.playsWithTls(tls, encrypted ? "TLS\n" + script : script)) {
            try (SmtpClientConnection connection = Clients.open(config(server, encrypted))) {
                Mails.send(connection);
                long start = System.nanoTime();
                for (int i = 0; i < 1_000; i++) {
                    assertThat(connection.isStale()).isFalse();
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                Mails.send(connection);
            }
            server.verify();
        }
    }

    @Test
    void a_message_of_TLS_itself_does_not_make_it_stale() throws Exception {
        String script = "TLS\n" + Scripts.greeted("PIPELINING") + Scripts.MAIL + "REKEY\n" + Scripts.MAIL + Scripts.QUIT;
        try (ScriptedServer server = ScriptedServer.playsWithTls(tls, script)) {
            try (SmtpClientConnection connection = Clients.open(config(server, true))) {
                Mails.send(connection);
                Eventually.within(PATIENCE, () -> server.lastHeard().equals("REKEY"));
                for (int i = 0; i < 1_000; i++) {
                    assertThat(connection.isStale()).isFalse();
                }
                Mails.send(connection);
            }
            server.verify();
        }
    }

    @Test
    void a_closed_connection_is_stale() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted() + Scripts.QUIT, Scripts.greeted() + "EOF")) {
            SmtpClientConnection closed = Clients.open(server);
            closed.close();
            closed.close();
            assertThat(closed.isStale()).isTrue();
            assertThat(closed.isOpen()).isFalse();
            SmtpClientConnection aborted = Clients.open(server);
            aborted.abort();
            aborted.close();
            assertThat(aborted.isStale()).isTrue();
            server.verify();
        }
    }

    @Test
    @Timeout(60)
    void a_polite_end_waits_for_nothing() throws Exception {
        for (String fault : new String[] {"SILENCE", "DRIBBLE 221 so long", "FLOOD 221-and thanks"}) {
            try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted() + "C: QUIT\n" + fault)) {
                SmtpClientConnection connection =
                        Clients.open(Clients.config(server, ClientExtensions.ALL, Duration.ofHours(1)));
                connection.close();
                assertThat(connection.isOpen()).isFalse();
            }
        }
    }

    private static ClientConfig config(ScriptedServer server, boolean encrypted) throws Exception {
        ClientConfig config = Clients.config(server);
        return encrypted
                ? Clients.with(config, OutboundTls.IMPLICIT, false, Clients.trustingAnyone())
                : config;
    }
}
