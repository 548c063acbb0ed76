package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyProtocolTest {

    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String IPV4 = "\u00c0\0\u0002\u0001\u00c0\0\u0002\u0002\u0004\u00d2\0\u0019";
    private static final ProxyProtocol LOOPBACK =
            new ProxyProtocol(List.of(Network.parse("127.0.0.0/8").orElseThrow()), Duration.ofSeconds(5));

    @Test
    void versionOneTellsTheRealAddress() throws Exception {
        try (TestListener server = TestListener.with().proxy(LOOPBACK).start(); Client client = server.connects()) {
            client.sends("PROXY TCP4 192.0.2.1 192.0.2.2 1234 25\r\n").plays("""
                    S: 220 test
                    C: WHO
                    S: 250 192.0.2.1:1234 proxied
                    """);
        }
    }

    @Test
    void versionTwoTellsTheRealAddress() throws Exception {
        try (TestListener server = TestListener.with().proxy(LOOPBACK).start(); Client client = server.connects()) {
            client.sends(SIGNATURE + "\u0021\u0011\0\u000c" + IPV4).plays("""
                    S: 220 test
                    C: WHO
                    S: 250 192.0.2.1:1234 proxied
                    """);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0020\0\0\0", "\u0020\u0011\0\u000c" + IPV4})
    void localCommandIsTheProxyItself(String rest) throws Exception {
        try (TestListener server = TestListener.with().proxy(LOOPBACK).start(); Client client = server.connects()) {
            client.sends(SIGNATURE + rest).plays("S: 220 test\nC: WHO");
            assertThat(client.hears()).startsWith("250 127.0.0.1:");
        }
    }

    /** By a Unix socket, or from nobody knows where: never looked up as if it were a host's name. */
    @ParameterizedTest
    @ValueSource(strings = {"/tmp/socket", "mail.example.com", ""})
    void pathOfAUnixSocketIsNoAddress(String path) throws Exception {
        String paths = path + "\0".repeat(108 - path.length()) + "\0".repeat(108);
        try (TestListener server = TestListener.with().proxy(LOOPBACK).start(); Client client = server.connects()) {
            client.sends(SIGNATURE + "\u0021\u0031\0\u00d8" + paths).plays("S: 220 test\nC: WHO");
            assertThat(client.hears()).startsWith("250 127.0.0.1:");
        }
    }

    @Test
    void unknownAddressIsTheProxyItself() throws Exception {
        try (TestListener server = TestListener.with().proxy(LOOPBACK).start(); Client client = server.connects()) {
            client.sends("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n").plays("S: 220 test\nC: WHO");
            assertThat(client.hears()).startsWith("250 127.0.0.1:");
        }
    }

    @Test
    void headerInPiecesAndInputBehindItAreTaken() throws Exception {
        try (TestListener server = TestListener.with().proxy(LOOPBACK).start(); Client client = server.connects()) {
            client.sends("PROXY TCP6 2001:db8::1 2001:").sends("db8::2 1234 25\r\nWHO\r\nNO").sends("OP\r\n").plays("""
                    S: 220 test
                    S: 250 2001:db8:0:0:0:0:0:1:1234 proxied
                    S: 250 NOOP
                    """);
        }
    }

    @Test
    void realAddressIsTheOneThatCounts() throws Exception {
        AccessRules rules = new AccessRules(List.of(), List.of(Network.parse("192.0.2.0/24").orElseThrow()));
        try (TestListener server = TestListener.with().proxy(LOOPBACK).access(rules).limits(100, 1).start();
                Client denied = server.connects(); Client first = server.connects(); Client second = server.connects();
                Client other = server.connects()) {
            denied.sends("PROXY TCP4 192.0.2.1 192.0.2.2 1234 25\r\n")
                    .plays("S: 554 5.7.1 mx.example.com Access denied");
            first.sends("PROXY TCP4 198.51.100.1 192.0.2.2 1234 25\r\n").plays("S: 220 test");
            second.sends("PROXY TCP4 198.51.100.1 192.0.2.2 1235 25\r\n")
                    .plays("S: 421 4.7.0 mx.example.com Too many connections, try again later");
            other.sends("PROXY TCP4 198.51.100.2 192.0.2.2 1234 25\r\n").plays("S: 220 test");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "EHLO client.example.com\r\n", "PROXY TCP4 192.0.2.1\r\n", "PROXY TCP4 evil.example.com 192.0.2.2 1 25\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 99999\r\n", "PROXY TCP4 2001:db8::1 2001:db8::2 1 25\r\n",
        "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u0002\0\0",
        "\r\n\r\n\0\r\nQUIT\n\u0031\u0011\0\u000c\0\0\0\0\0\0\0\0\0\0\0\0",
    })
    void connectionWithoutAHeaderIsDropped(String sent) throws Exception {
        try (TestListener server = TestListener.with().proxy(LOOPBACK).start(); Client client = server.connects()) {
            assertThat(silence(client.sends(sent))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.0/8, 200", "192.0.2.0/24, 60000"})
    void silentOrForeignProxyIsDropped(String network, long millis) throws Exception {
        ProxyProtocol proxy = new ProxyProtocol(
                List.of(Network.parse(network).orElseThrow()), Duration.ofMillis(millis));
        try (TestListener server = TestListener.with().proxy(proxy).start(); Client client = server.connects()) {
            assertThat(silence(client)).isTrue();
            Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
        }
    }

    @Test
    void headerComesBeforeTls() throws Exception {
        try (TestListener server = TestListener.with().proxy(LOOPBACK).implicitTls().start();
                Client client = server.connects()) {
            client.sends("PROXY TCP4 192.0.2.1 192.0.2.2 1234 465\r\n").handshakes().plays("""
                    S: 220 test
                    C: WHO
                    S: 250 192.0.2.1:1234 proxied
                    """);
        }
    }

    private static boolean silence(Client client) {
        try {
            return client.hearsAll().isEmpty();
        } catch (IOException e) {
            return true;
        }
    }
}
