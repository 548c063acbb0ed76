package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import io.smtpra.ra.inbound.smtp.rules.LiveLimits;
import io.smtpra.ra.inbound.smtp.rules.ProtocolLimits;
import io.smtpra.ra.management.LimitControl;
import io.smtpra.ra.management.ListenerControl;
import io.smtpra.ra.management.PortControl;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator does to listeners while clients talk to them. */
class SteeringTest {

    private static final String LATER = "421 4.3.2 mx.example.com Shutting down, try again later";
    private static final String TOO_MANY = "421 4.7.0 mx.example.com Too many connections, try again later";
    private static final String BANNED =
            "421 4.7.0 mx.example.com Too many errors from your address, try again later";
    private static final ProxyProtocol LOOPBACK =
            new ProxyProtocol(List.of(Network.parse("127.0.0.0/8").orElseThrow()), Duration.ofSeconds(5));

    private TestListener server;
    private PortControl port;
    private ListenerControl control;
    private LimitControl limits;

    @BeforeEach
    void start() throws Exception {
        server = TestListener.plain();
        port = new PortControl(server.listener);
        control = new ListenerControl(List.of(port), server.runtime);
        limits = new LimitControl(server.runtime, new LiveLimits(ProtocolLimits.defaults()));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    /** Again and again, for a port that lingers does so by chance. */
    @RepeatedTest(20)
    void aPausedPortIsReallyClosedAndOpensAgainWhereItWas() throws Exception {
        try (Client before = server.greeted()) {
            control.pause();
            assertThat(control.getListeners())
                    .containsExactly("smtp 127.0.0.1:" + server.address.getPort() + " paused");
            assertThatThrownBy(server::connects).isInstanceOf(IOException.class);
            before.plays("C: NOOP\nS: 250 NOOP");

            control.resume();
            assertThat(control.getListeners()).containsExactly("smtp 127.0.0.1:" + server.address.getPort() + " open");
            server.greeted().close();
            before.plays("C: NOOP\nS: 250 NOOP");
        }
    }

    @Test
    void whoConnectsHearsToComeLater() throws Exception {
        try (Client before = server.greeted()) {
            control.turnAway();
            assertThat(port.getState()).isEqualTo("turning-away");
            try (Client turned = server.connects()) {
                assertThat(turned.hearsAll()).containsExactly(LATER);
            }
            before.plays("C: NOOP\nS: 250 NOOP");
            control.resume();
            server.greeted().close();
        }
    }

    @Test
    void pausingTwiceAndResumingTwiceDoesNoHarm() throws Exception {
        control.resume();
        control.pause();
        control.pause();
        control.turnAway();
        control.resume();
        control.resume();
        server.greeted().close();
    }

    @Test
    void drainingLetsMailsBeFinishedAndTellsWhenItIsDone() throws Exception {
        server.protocol.slow = true;
        try (Client idle = server.greeted(); Client client = server.greeted().plays("C: DATA\nS: 354 send\nC: one")) {
            assertThat(control.drain(0)).isPositive();
            assertThat(idle.hearsAll()).containsExactly(LATER);
            idle.close();

            CompletableFuture<Integer> left = CompletableFuture.supplyAsync(() -> control.drain(20));
            client.plays("C: two\nC: .");
            Eventually.assertThat(() -> server.protocol.awaited).hasSize(1);
            server.protocol.awaited.remove().complete(ScriptedProtocol.reply("250 stored"));
            assertThat(client.hearsAll()).containsExactly("250 stored", LATER);
            client.close();

            assertThat(left.get(20, TimeUnit.SECONDS)).isZero();
            assertThat(server.protocol.contents).containsExactly("one\r\ntwo\r\n");
        }
        control.resume();
        server.greeted().close();
    }

    @Test
    void sessionsAreListedAndOneIsEnded() throws Exception {
        try (Client one = server.greeted(); Client two = server.greeted().plays("C: DATA\nS: 354 send\nC: x")) {
            Eventually.assertThat(() -> control.getSessions()).hasSize(2);
            Eventually.isTrue(() -> control.getSessions().stream().anyMatch(line -> line.contains(" content ")));
            String session = control.getSessions().stream()
                    .filter(line -> line.contains(" content ")).findFirst().orElseThrow();
            assertThat(session).matches("[0-9a-z]+ 127\\.0\\.0\\.1:\\d+ since 20.*");

            control.endSession(session.substring(0, session.indexOf(' ')));

            assertThat(two.hearsAll()).containsExactly(LATER);
            one.plays("C: NOOP\nS: 250 NOOP");
            assertThatThrownBy(() -> control.endSession("nosuch")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("There is no session nosuch");
        }
    }

    @Test
    void limitsChangeForNewConnections() throws Exception {
        try (Client first = server.greeted(); Client second = server.greeted()) {
            limits.setMaxConnectionsPerAddress(2);
            assertThat(limits.getMaxConnectionsPerAddress()).isEqualTo(2);
            assertThat(server.connects().hearsAll()).containsExactly(TOO_MANY);
            limits.setMaxConnections(2);
            limits.setMaxConnectionsPerAddress(100);
            assertThat(server.connects().hearsAll()).containsExactly(TOO_MANY);
            limits.setMaxConnections(3);
            assertThat(limits.getMaxConnections()).isEqualTo(3);
            server.greeted().close();
            first.plays("C: NOOP\nS: 250 NOOP");
            second.plays("C: NOOP\nS: 250 NOOP");
        }
    }

    @Test
    void limitsOfOffencesChangeForThoseThatComeThen() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        limits.setBanAfter(2);
        server.runtime.bans().offence(address);
        assertThat(control.getBans()).isEmpty();
        server.runtime.bans().offence(address);
        assertThat(control.getBans()).hasSize(1);
        control.clearBans();
        limits.setBanAfter(0);
        server.runtime.bans().offence(address);
        server.runtime.bans().offence(address);
        assertThat(control.getBans()).isEmpty();
        assertThat(limits.getBanAfter()).isZero();

        server.runtime.handshakeFailures().add(address);
        assertThat(server.runtime.handshakeFailures().isExhausted(address)).isFalse();
        limits.setMaxHandshakeFailures(1);
        assertThat(server.runtime.handshakeFailures().isExhausted(address)).isTrue();
    }

    /** One port is closed, and its connections are drained; the other goes on. */
    @Test
    void oneListenerOfSeveralIsSteeredByItself() throws Exception {
        try (TestListener other = TestListener.plain();
                Client elsewhere = other.greeted();
                Client here = server.greeted()) {
            PortControl otherPort = new PortControl(other.listener);
            assertThat(port.drain(0)).isEqualTo(1);
            assertThat(here.hearsAll()).containsExactly(LATER);
            here.close();
            Eventually.isTrue(() -> port.getConnections() == 0);
            assertThat(port.getState()).isEqualTo("paused");
            assertThatThrownBy(server::connects).isInstanceOf(IOException.class);

            elsewhere.plays("C: NOOP\nS: 250 NOOP");
            assertThat(otherPort.getState()).isEqualTo("open");
            assertThat(otherPort.getSessions()).hasSize(1);
            assertThat(otherPort.getConnections()).isEqualTo(1);
            port.resume();
            server.greeted().close();
        }
    }

    @Test
    void accessRulesChangeForNewConnections() throws Exception {
        try (Client before = server.greeted()) {
            control.setAccess("", "127.0.0.0/8");
            assertThat(server.connects().hearsAll()).containsExactly("554 5.7.1 mx.example.com Access denied");
            before.plays("C: NOOP\nS: 250 NOOP");
            assertThat(port.getAllowedNetworks()).isEmpty();
            assertThat(port.getDeniedNetworks()).containsExactly("127.0.0.0/8");
            control.setAccess("127.0.0.1, 2001:db8::/32", "");
            assertThat(port.getAllowedNetworks()).containsExactly("127.0.0.1/32", "2001:db8::/32");
            server.greeted().close();
        }
    }

    @Test
    void anAdministratorBansAnAddress() throws Exception {
        control.ban("127.0.0.1", 5);
        assertThat(server.connects().hearsAll()).containsExactly(BANNED);
        assertThat(control.getBans()).singleElement().asString().matches("127\\.0\\.0\\.1 until 20.* refused 1");
        assertThat(control.unban("127.0.0.1")).isTrue();
        assertThat(control.unban("127.0.0.1")).isFalse();
        server.greeted().close();

        control.ban("127.0.0.1", 5);
        control.clearBans();
        server.greeted().close();
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, '''nonsense'', allowed: an address as 192.0.2.7 or 2001:db8::7'",
        "192.0.2.0/24, '''192.0.2.0/24'', allowed: an address as 192.0.2.7 or 2001:db8::7'"
    })
    void whatIsNoAddressIsNotBanned(String address, String message) {
        assertThatThrownBy(() -> control.ban(address, 5)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void numbersHaveBounds() {
        assertThatThrownBy(() -> control.ban("192.0.2.7", 0)).hasMessage("minutes 0, allowed: 1 to 525600");
        assertThatThrownBy(() -> control.drain(-1)).hasMessage("seconds -1, allowed: 0 to 3600");
        assertThatThrownBy(() -> limits.setMaxConnections(0)).hasMessage("maxConnections 0, allowed: 1 to 1000000");
        assertThatThrownBy(() -> limits.setMaxRecipients(99)).hasMessage("maxRecipients 99, allowed: 100 to 1000000");
        assertThatThrownBy(() -> control.setAccess("x", "")).hasMessageStartingWith("'x', allowed: addresses");
    }

    @Test
    void theAddressBehindAProxyIsBannedForItsOffencesAndNotTheProxy() throws Exception {
        try (TestListener proxied = TestListener.with().proxy(LOOPBACK).limits(100, 100, 1).start()) {
            proxied.runtime.bans().offence(InetAddress.getByName("192.0.2.1"));
            proxied.runtime.bans().offence(InetAddress.getByName("127.0.0.1"));
            assertThat(proxied.connects().sends("PROXY TCP4 192.0.2.1 192.0.2.2 1234 25\r\n").hearsAll())
                    .containsExactly(BANNED);
            proxied.connects().sends("PROXY TCP4 192.0.2.9 192.0.2.2 1234 25\r\n").plays("S: 220 test").close();
        }
    }
}
