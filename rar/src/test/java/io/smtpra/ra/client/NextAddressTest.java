package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.HostAddresses;
import io.smtpra.ra.client.net.KnownAddresses;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.net.Watchdog;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A next hop with several addresses is reached as long as one of them takes the mail. */
@Timeout(60)
class NextAddressTest {

    private static final String FIRST = "127.0.0.1";
    private static final String SECOND = "127.0.0.2";
    private static final String SERVED = Scripts.greeted("PIPELINING") + Scripts.MAIL + Scripts.QUIT;

    @ParameterizedTest
    @ValueSource(strings = {
        "S: 421 4.3.2 too busy\nCLOSE", "S: 450 4.7.1 later\nLEFT", "S: 220-mx\nS: 421 no\nLEFT", "CLOSE", "RESET",
        "S: 220 mx\nC: EHLO *\nS: 421 4.3.2 closing\nCLOSE", "S: 220 mx\nC: EHLO *\nS: 451 4.3.0 later\nLEFT",
        "S: 220 mx\nC: EHLO *\nCLOSE"})
    void goes_to_the_next_address_when_the_first_takes_no_mail_now(String script) throws Exception {
        try (ScriptedServer first = ScriptedServer.plays(script);
                ScriptedServer second = ScriptedServer.playsAt(at(SECOND, first), SERVED)) {
            try (SmtpClientConnection connection = open(client(first, FIRST, SECOND))) {
                Mails.send(connection);
            }
            first.verify();
            second.verify();
        }
    }

    @Test
    void takes_a_refusal_for_good_as_the_answer() throws Exception {
        try (ScriptedServer first = ScriptedServer.plays("S: 554 5.7.1 not you\n" + Scripts.QUIT);
                ScriptedServer second = ScriptedServer.playsAt(at(SECOND, first), SERVED)) {
            SmtpException e = failure(client(first, FIRST, SECOND));
            assertThat(e.reply()).get().hasToString("554 5.7.1 not you");
            assertThat(second.lastHeard()).isEmpty();
            first.verify();
        }
    }

    @Test
    void tells_the_last_refusal_when_no_address_takes_it() throws Exception {
        try (ScriptedServer first = ScriptedServer.plays("CLOSE");
                ScriptedServer second = ScriptedServer.playsAt(at(SECOND, first), "S: 421 4.3.2 too busy\nCLOSE")) {
            SmtpException e = failure(client(first, FIRST, SECOND));
            assertThat(e.phase()).isEqualTo(Phase.CONNECT);
            assertThat(e.reply()).get().hasToString("421 4.3.2 too busy");
            assertThat(e.isRetryable()).isTrue();
        }
    }

    @Test
    void begins_with_the_address_that_answered_last() throws Exception {
        try (ScriptedServer first = ScriptedServer.plays("CLOSE");
                ScriptedServer second = ScriptedServer.playsAt(at(SECOND, first), SERVED, SERVED)) {
            SmtpClient client = client(first, FIRST, SECOND);
            for (int i = 0; i < 2; i++) {
                try (SmtpClientConnection connection = open(client)) {
                    Mails.send(connection);
                }
            }
            // The first would have taken a second connection without a script for it, and never answered.
            second.verify();
        }
    }

    @Test
    void comes_back_to_the_first_when_the_one_that_answered_is_gone() throws Exception {
        try (ScriptedServer first = ScriptedServer.plays("CLOSE", SERVED)) {
            SmtpClient client = client(first, FIRST, SECOND);
            try (ScriptedServer second = ScriptedServer.playsAt(at(SECOND, first), SERVED)) {
                try (SmtpClientConnection connection = open(client)) {
                    Mails.send(connection);
                }
                second.verify();
            }
            try (SmtpClientConnection connection = open(client)) {
                Mails.send(connection);
            }
            first.verify();
        }
    }

    @Test
    void does_not_wait_for_an_address_that_does_not_answer() throws Exception {
        try (ScriptedServer second = ScriptedServer.playsAt(new InetSocketAddress(SECOND, 0), SERVED, SERVED);
                BlackHole first = new BlackHole(at(FIRST, second))) {
            SmtpClient client = client(second, FIRST, SECOND);
            long start = System.nanoTime();
            for (int i = 0; i < 2; i++) {
                try (SmtpClientConnection connection = open(client)) {
                    Mails.send(connection);
                }
            }
            // Far less than the half of the ten seconds for connecting that would be the share of each address.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            second.verify();
        }
    }

    @Test
    void leaves_time_for_the_next_address_when_the_first_never_greets() throws Exception {
        try (ScriptedServer first = ScriptedServer.plays("LEFT");
                ScriptedServer second = ScriptedServer.playsAt(at(SECOND, first), SERVED)) {
            SmtpClient client = client(first, FIRST, SECOND);
            try (SmtpClientConnection connection =
                    client.open(Optional.empty(), SendBudget.of(Duration.ofSeconds(3)))) {
                Mails.send(connection);
            }
            second.verify();
        }
    }

    @Test
    void has_an_end_when_no_address_answers() throws Exception {
        try (ScriptedServer port = ScriptedServer.playsAt(new InetSocketAddress("127.0.0.3", 0));
                BlackHole first = new BlackHole(at(FIRST, port));
                BlackHole second = new BlackHole(at(SECOND, port))) {
            SmtpException e = catchThrowableOfType(SmtpException.class, () ->
                    client(port, FIRST, SECOND).open(Optional.empty(), SendBudget.of(Duration.ofMillis(700))));
            assertThat(e.phase()).isEqualTo(Phase.CONNECT);
            assertThat(e).hasMessageContaining("mx.example.com:" + port.port()).hasMessageContaining("in time");
        }
    }

    @Test
    void names_each_address_that_refused() throws Exception {
        int port;
        try (ScriptedServer gone = ScriptedServer.plays()) {
            port = gone.port();
        }
        HostAddresses addresses = KnownAddresses.of(port, FIRST, SECOND);
        SmtpException e = failure(new SmtpClient(ClientConfig.plain("mx.example.com", port), new Watchdog(),
                addresses));
        assertThat(e).hasMessageContaining("127.0.0.1: Connection refused; 127.0.0.2: Connection refused");
    }

    private static InetSocketAddress at(String address, ScriptedServer portOf) {
        return new InetSocketAddress(address, portOf.port());
    }

    private static SmtpClient client(ScriptedServer portOf, String... addresses) throws Exception {
        return new SmtpClient(Clients.config(portOf), new Watchdog(), KnownAddresses.of(portOf.port(), addresses));
    }

    private static SmtpClientConnection open(SmtpClient client) throws SmtpException {
        return client.open(Optional.empty(), SendBudget.of(Duration.ofMinutes(1)));
    }

    private static SmtpException failure(SmtpClient client) {
        return catchThrowableOfType(SmtpException.class, () -> open(client));
    }
}
