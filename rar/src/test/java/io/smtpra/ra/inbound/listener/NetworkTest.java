package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.Network;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.129/25, 192.0.2.200, true",
        "192.0.2.129/25, 192.0.2.100, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "::1, ::1, true",
        "::ffff:192.0.2.0/120, 192.0.2.7, true",
        "::ffff:192.0.2.0/120, 192.0.3.7, false",
        "::ffff:192.0.2.7, 192.0.2.7, true",
    })
    void containsAddresses(String network, String address, boolean contained) throws Exception {
        assertThat(Network.parse(network).orElseThrow().contains(InetAddress.getByName(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "::/129", "192.0.2",
            "1.2.3.4/24/3"})
    void refusesWhatIsNoNetwork(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void deniedOutranksAllowed() throws Exception {
        AccessRules rules = new AccessRules(networks("192.0.2.0/24"), networks("192.0.2.66"));

        assertThat(rules.admits(InetAddress.getByName("192.0.2.65"))).isTrue();
        assertThat(rules.admits(InetAddress.getByName("192.0.2.66"))).isFalse();
        assertThat(rules.admits(InetAddress.getByName("192.0.3.1"))).isFalse();
        assertThat(AccessRules.EVERYBODY.admits(InetAddress.getByName("::1"))).isTrue();
    }

    @Test
    void denialIsTheGreeting() throws Exception {
        AccessRules rules = new AccessRules(networks("192.0.2.0/24"), List.of());
        try (TestListener server = TestListener.with().access(rules).start(); Client client = server.connects()) {
            assertThat(client.hearsAll()).containsExactly("554 5.7.1 mx.example.com Access denied");
        }
    }

    private static List<Network> networks(String text) {
        return List.of(Network.parse(text).orElseThrow());
    }
}
