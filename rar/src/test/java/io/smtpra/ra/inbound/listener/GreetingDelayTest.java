package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The greeting is held back from strangers for a moment; strangers come by way of a proxy here. */
class GreetingDelayTest {

    private static final Network LOOPBACK = Network.parse("127.0.0.0/8").orElseThrow();
    private static final ProxyProtocol PROXY = new ProxyProtocol(List.of(LOOPBACK), Duration.ofSeconds(10));
    private static final String STRANGER = "PROXY TCP4 192.0.2.1 192.0.2.2 1234 25\r\n";
    private static final Duration ENDLESS = Duration.ofHours(1);

    @Test
    void whoTalksBeforeTheGreetingIsSeenToDoSo() throws Exception {
        try (TestListener server = TestListener.with().proxy(PROXY).greetingDelay(ENDLESS).start();
                Client client = server.connects()) {
            client.sends(STRANGER + "EHLO a\r\n").plays("S: 220 test, input true\nS: 250 EHLO a");
        }
    }

    @Test
    void whoTalksLaterButBeforeTheGreetingTooIsSeenToDoSo() throws Exception {
        try (TestListener server = TestListener.with().proxy(PROXY).greetingDelay(ENDLESS).start();
                Client client = server.connects()) {
            client.sends(STRANGER);
            Eventually.isTrue(() -> server.protocol.sessions.get() == 1);
            client.sends("E").plays("S: 220 test, input true");
        }
    }

    @Test
    void whoWaitsIsGreeted() throws Exception {
        try (TestListener server = TestListener.with().proxy(PROXY).greetingDelay(Duration.ofMillis(20)).start();
                Client client = server.connects()) {
            client.sends(STRANGER).plays("S: 220 test\nC: NOOP\nS: 250 NOOP");
        }
    }

    @Test
    void whoHasNothingMoreToSayIsNotKeptWaiting() throws Exception {
        try (TestListener server = TestListener.with().proxy(PROXY).greetingDelay(ENDLESS).start();
                Client client = server.connects()) {
            assertThat(client.sends(STRANGER).endsOutput().hearsAll()).containsExactly("220 test");
        }
    }

    @Test
    void whoHangsUpLeavesNothingBehind() throws Exception {
        try (TestListener server = TestListener.with().proxy(PROXY).greetingDelay(ENDLESS).start()) {
            Client client = server.connects();
            client.sends(STRANGER);
            Eventually.isTrue(() -> server.protocol.sessions.get() == 1);
            client.resets();
            Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
            assertThat(server.protocol.events).containsExactly("disconnected");
        }
    }

    @Test
    void whoWaitsWhenTheListenerStopsHearsSoInsteadOfTheGreeting() throws Exception {
        try (TestListener server = TestListener.with().proxy(PROXY).greetingDelay(ENDLESS).start();
                Client client = server.connects()) {
            client.sends(STRANGER);
            Eventually.isTrue(() -> server.protocol.sessions.get() == 1);
            server.listener.stop(ENDLESS);
            assertThat(client.hearsAll())
                    .containsExactly("421 4.3.2 mx.example.com Shutting down, try again later");
        }
    }

    @Test
    void thisHostIsNoStranger() throws Exception {
        try (TestListener server = TestListener.with().greetingDelay(ENDLESS).start()) {
            server.greeted().close();
        }
    }

    @Test
    void whoIsExpectedIsNoStranger() throws Exception {
        AccessRules customers = new AccessRules(List.of(Network.parse("192.0.2.0/24").orElseThrow()), List.of());
        try (TestListener server =
                        TestListener.with().proxy(PROXY).access(customers).greetingDelay(ENDLESS).start();
                Client client = server.connects()) {
            client.sends(STRANGER).plays("S: 220 test");
        }
    }
}
