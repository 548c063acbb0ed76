package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.event.ConnectionOpened;
import io.smtpra.event.ConnectionRefused;
import io.smtpra.event.SessionEnded;
import io.smtpra.event.SmtpEvent;
import io.smtpra.event.TlsEstablished;
import io.smtpra.event.TlsFailed;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import io.smtpra.ra.telemetry.HeardEvents;
import io.smtpra.ra.tls.TlsProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to connect, or not to, tells what it should tell, and no more. */
class ListenerEventsTest {

    private static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.0/8").orElseThrow());
    private static final List<Network> ELSEWHERE = List.of(Network.parse("192.0.2.0/24").orElseThrow());

    @Test
    void aSessionBeginsAndTheClientQuits() throws Exception {
        try (TestListener server = TestListener.plain()) {
            HeardEvents heard = HeardEvents.of(server.telemetry);
            try (Client client = server.greeted()) {
                client.plays("C: QUIT\nS: 221 bye");
            }
            List<SmtpEvent> events = await(heard, 2);
            ConnectionOpened opened = (ConnectionOpened) events.get(0);
            assertThat(opened.peer().address().getAddress().isLoopbackAddress()).isTrue();
            assertThat(((SessionEnded) events.get(1)).session()).isEqualTo(opened.session());
        }
    }

    @Test
    void aClientThatLeavesWithoutAWordHasClosedTheConnection() throws Exception {
        try (TestListener server = TestListener.plain()) {
            HeardEvents heard = HeardEvents.of(server.telemetry);
            server.greeted().resets();
            SessionEnded ended = (SessionEnded) await(heard, 2).get(1);
            assertThat(ended.cause()).isEqualTo(SessionEnded.Cause.CLOSED);
            assertThat(ended.reply()).isEmpty();
        }
    }

    @Test
    void aClientIsSentAwayWithAReply() throws Exception {
        try (TestListener server = TestListener.plain()) {
            HeardEvents heard = HeardEvents.of(server.telemetry);
            try (Client client = server.greeted()) {
                server.listener.finishSessions();
                assertThat(client.hears()).startsWith("421 ");
            }
            SessionEnded ended = (SessionEnded) await(heard, 2).get(1);
            assertThat(ended.cause()).isEqualTo(SessionEnded.Cause.SENT_AWAY);
            assertThat(ended.reply().orElseThrow().code()).isEqualTo(421);
        }
    }

    @ParameterizedTest
    @EnumSource(value = TlsProvider.class, names = {"JDK", "OPENSSL"})
    void tlsIsEstablishedForTheNameThatTheClientAsksFor(TlsProvider provider) throws Exception {
        try (TestListener server = TestListener.with().tls().provider(provider).start()) {
            HeardEvents heard = HeardEvents.of(server.telemetry);
            try (Client client = server.greeted().plays("C: STARTTLS\nS: 220 go on")) {
                client.asks("mx.example.com").plays("C: TLS\nS: 250 TLSv1.3");
            }
            TlsEstablished event = (TlsEstablished) await(heard, 3).get(1);
            assertThat(event.peer().tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
            assertThat(event.serverName()).contains("mx.example.com");
        }
    }

    @Test
    void aNameThatTheJdkCannotExpressCostsNoConnection() throws Exception {
        try (TestListener server = TestListener.with().tls().provider(TlsProvider.OPENSSL).start()) {
            HeardEvents heard = HeardEvents.of(server.telemetry);
            try (Client client = server.greeted().plays("C: STARTTLS\nS: 220 go on")) {
                client.asks("mx.example.com.").plays("C: TLS\nS: 250 TLSv1.3");
            }
            assertThat(await(heard, 3).get(1)).isInstanceOf(TlsEstablished.class);
        }
    }

    @Test
    void aHandshakeFailsBeforeThereIsASessionAndTheNextIsNotTried() throws Exception {
        try (TestListener server = TestListener.with().implicitTls().handshakeFailures(1).start()) {
            HeardEvents heard = HeardEvents.of(server.telemetry);
            try (Client client = server.connects()) {
                assertThatThrownBy(() -> client.sends("EHLO a\r\n").handshakes()).isInstanceOf(IOException.class);
            }
            TlsFailed failed = (TlsFailed) await(heard, 1).get(0);
            assertThat(failed.session()).isEmpty();
            assertThat(failed.reason()).isEqualTo("the client did not speak TLS");
            try (Client client = server.connects()) {
                assertThatThrownBy(client::handshakes).isInstanceOf(IOException.class);
            }
            assertThat(await(heard, 2).get(1)).extracting("reason").isEqualTo(ConnectionRefused.Reason.HANDSHAKES);
        }
    }

    @Test
    void whoIsRefusedIsToldOfWithTheReason() throws Exception {
        assertSecondRefused(TestListener.with().limits(1, 1000), ConnectionRefused.Reason.TOO_MANY);
        assertSecondRefused(TestListener.with().limits(1000, 1), ConnectionRefused.Reason.TOO_MANY_FROM_ADDRESS);
        assertRefused(TestListener.with().access(new AccessRules(List.of(), LOOPBACK)),
                ConnectionRefused.Reason.ACCESS);
        assertRefused(TestListener.with().proxy(new ProxyProtocol(ELSEWHERE, Duration.ofSeconds(5))),
                ConnectionRefused.Reason.PROXY);
    }

    @Test
    void whoIsBannedIsToldOfByTheAddressThatTheProxyHasNamed() throws Exception {
        ProxyProtocol proxies = new ProxyProtocol(LOOPBACK, Duration.ofSeconds(5));
        try (TestListener server = TestListener.with().limits(1000, 1000, 1).proxy(proxies).start()) {
            server.runtime.bans().offence(InetAddress.getByName("192.0.2.1"));
            HeardEvents heard = HeardEvents.of(server.telemetry);
            try (Client client = server.connects()) {
                client.sends("PROXY TCP4 192.0.2.1 192.0.2.99 1234 25\r\n");
                assertThat(client.hears()).startsWith("421 ");
            }
            ConnectionRefused refused = (ConnectionRefused) await(heard, 1).get(0);
            assertThat(refused.reason()).isEqualTo(ConnectionRefused.Reason.BANNED);
            assertThat(refused.peer().address().getAddress()).isEqualTo(InetAddress.getByName("192.0.2.1"));
            assertThat(refused.peer().proxy()).isPresent();
        }
    }

    private static void assertRefused(TestListener.Builder builder, ConnectionRefused.Reason reason) throws Exception {
        try (TestListener server = builder.start()) {
            assertRefused(server, reason);
        }
    }

    private static void assertSecondRefused(TestListener.Builder builder, ConnectionRefused.Reason reason)
            throws Exception {
        try (TestListener server = builder.start(); Client first = server.greeted()) {
            assertRefused(server, reason);
            first.plays("C: NOOP\nS: 250 NOOP");
        }
    }

    private static void assertRefused(TestListener server, ConnectionRefused.Reason reason) throws Exception {
        HeardEvents heard = HeardEvents.of(server.telemetry);
        try (Client client = server.connects()) {
            assertThat(((ConnectionRefused) await(heard, 1).get(0)).reason()).isEqualTo(reason);
            client.hearsAll();
        }
    }

    /** What a client has heard may be told a moment later. */
    private static List<SmtpEvent> await(HeardEvents heard, int count) throws Exception {
        Eventually.isTrue(() -> heard.events().size() >= count);
        assertThat(heard.events()).hasSize(count);
        return heard.events();
    }
}
