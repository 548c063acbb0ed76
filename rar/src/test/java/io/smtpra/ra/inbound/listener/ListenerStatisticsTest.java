package io.smtpra.ra.inbound.listener;

import static io.smtpra.ra.telemetry.Statistic.BANS;
import static io.smtpra.ra.telemetry.Statistic.BANS_NOW;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_ACCEPTED;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_OPEN;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_REFUSED_BY_ACCESS;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_REFUSED_BY_BAN;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_REFUSED_BY_HANDSHAKES;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_REFUSED_BY_PAUSE;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_REFUSED_BY_PROXY_RULES;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_REFUSED_IN_ALL;
import static io.smtpra.ra.telemetry.Statistic.CONNECTIONS_REFUSED_PER_ADDRESS;
import static io.smtpra.ra.telemetry.Statistic.SESSIONS;
import static io.smtpra.ra.telemetry.Statistic.TLS_1_3;
import static io.smtpra.ra.telemetry.Statistic.TLS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import io.smtpra.ra.telemetry.Moved;
import io.smtpra.ra.telemetry.Statistic;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each way to connect, or not to, moves the figures that it should move, and no other. */
class ListenerStatisticsTest {

    private static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.0/8").orElseThrow());
    private static final List<Network> ELSEWHERE = List.of(Network.parse("192.0.2.0/24").orElseThrow());

    @Test
    void aSession() throws Exception {
        try (TestListener server = TestListener.plain(); Client client = server.greeted()) {
            assertMoved(server, Map.of(CONNECTIONS_ACCEPTED, 1L, SESSIONS, 1L));
            assertThat(server.telemetry.value(CONNECTIONS_OPEN)).isEqualTo(1);
            client.plays("C: QUIT\nS: 221 bye");
            Eventually.isTrue(() -> server.telemetry.value(CONNECTIONS_OPEN) == 0);
            assertMoved(server, Map.of(CONNECTIONS_ACCEPTED, 1L, SESSIONS, 1L));
        }
    }

    @Test
    void aSessionInTls() throws Exception {
        try (TestListener server = TestListener.with().tls().start();
                Client client = server.greeted().plays("C: STARTTLS\nS: 220 go on")) {
            client.handshakes().plays("C: TLS\nS: 250 TLSv1.3");
            assertMoved(server, Map.of(CONNECTIONS_ACCEPTED, 1L, SESSIONS, 1L, TLS_1_3, 1L));
        }
    }

    @Test
    void tooManyInAllOrFromOneAddress() throws Exception {
        assertRefused(TestListener.with().limits(1, 1000), CONNECTIONS_REFUSED_IN_ALL);
        assertRefused(TestListener.with().limits(1000, 1), CONNECTIONS_REFUSED_PER_ADDRESS);
    }

    private static void assertRefused(TestListener.Builder builder, Statistic reason) throws Exception {
        try (TestListener server = builder.start();
                Client first = server.greeted();
                Client second = server.connects()) {
            assertThat(second.hears()).startsWith("421 ");
            assertMoved(server, Map.of(CONNECTIONS_ACCEPTED, 1L, SESSIONS, 1L, reason, 1L));
            first.plays("C: NOOP\nS: 250 NOOP");
        }
    }

    @Test
    void whoMayNot() throws Exception {
        try (TestListener server = TestListener.with().access(new AccessRules(List.of(), LOOPBACK)).start();
                Client client = server.connects()) {
            assertThat(client.hears()).startsWith("5");
            assertMoved(server, Map.of(CONNECTIONS_REFUSED_BY_ACCESS, 1L));
        }
    }

    @Test
    void whoIsTurnedAway() throws Exception {
        try (TestListener server = TestListener.plain()) {
            server.listener.pause(false);
            try (Client client = server.connects()) {
                assertThat(client.hears()).startsWith("421 ");
            }
            assertMoved(server, Map.of(CONNECTIONS_REFUSED_BY_PAUSE, 1L));
        }
    }

    @Test
    void whoIsBanned() throws Exception {
        ProxyProtocol proxies = new ProxyProtocol(LOOPBACK, Duration.ofSeconds(5));
        try (TestListener server = TestListener.with().limits(1000, 1000, 1).proxy(proxies).start()) {
            server.runtime.bans().offence(InetAddress.getByName("192.0.2.1"));
            assertMoved(server, Map.of(BANS, 1L));
            assertThat(server.telemetry.value(BANS_NOW)).isEqualTo(1);
            try (Client client = server.connects()) {
                client.sends("PROXY TCP4 192.0.2.1 192.0.2.99 1234 25\r\n");
                assertThat(client.hears()).startsWith("421 ");
            }
            assertMoved(server, Map.of(BANS, 1L, CONNECTIONS_REFUSED_BY_BAN, 1L));
            server.runtime.bans().clear();
            assertThat(server.telemetry.value(BANS_NOW)).isZero();
        }
    }

    @Test
    void whoComesFromNoProxy() throws Exception {
        ProxyProtocol proxies = new ProxyProtocol(ELSEWHERE, Duration.ofSeconds(5));
        try (TestListener server = TestListener.with().proxy(proxies).start(); Client client = server.connects()) {
            assertThat(client.hearsAll()).isEmpty();
            assertMoved(server, Map.of(CONNECTIONS_REFUSED_BY_PROXY_RULES, 1L));
        }
    }

    @Test
    void whoseHandshakesFail() throws Exception {
        try (TestListener server = TestListener.with().implicitTls().handshakeFailures(1).start()) {
            try (Client client = server.connects()) {
                assertThatThrownBy(() -> client.sends("EHLO a\r\n").handshakes()).isInstanceOf(IOException.class);
            }
            assertMoved(server, Map.of(CONNECTIONS_ACCEPTED, 1L, TLS_FAILED, 1L));
            try (Client client = server.connects()) {
                assertThatThrownBy(client::handshakes).isInstanceOf(IOException.class);
            }
            assertMoved(server,
                    Map.of(CONNECTIONS_ACCEPTED, 1L, TLS_FAILED, 1L, CONNECTIONS_REFUSED_BY_HANDSHAKES, 1L));
        }
    }

    /** What a client has heard may be counted a moment later. */
    private static void assertMoved(TestListener server, Map<Statistic, Long> expected) {
        Eventually.isTrue(() -> Moved.counters(server.telemetry).equals(expected));
    }
}
