package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.HandshakeFailures;
import io.smtpra.ra.tls.TlsProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes that are begun to fail: each costs the server what a hundred commands cost. */
@ParameterizedClass
@MethodSource("io.smtpra.ra.tls.Providers#here")
class HandshakeFloodTest {

    @Parameter
    TlsProvider provider;

    @Test
    void whoFailsTooOftenIsRefusedStartTls() throws Exception {
        try (TestListener server = TestListener.with().provider(provider).tls().handshakeFailures(3).start()) {
            for (int i = 0; i < 3; i++) {
                try (Client client = server.greeted().plays("C: STARTTLS\nS: 220 go on")) {
                    assertThatThrownBy(() -> client.sends("no TLS at all").handshakes())
                            .isInstanceOf(IOException.class);
                }
            }
            try (Client client = server.greeted()) {
                client.plays("""
                        C: STARTTLS
                        S: 454 4.7.0 TLS is not available for now
                        C: NOOP
                        S: 250 NOOP
                        """);
            }
        }
    }

    @Test
    void whoFailsTooOftenIsRefusedImplicitTls() throws Exception {
        try (TestListener server = TestListener.with().provider(provider).implicitTls().handshakeFailures(3).start()) {
            try (Client client = server.connects().handshakes()) {
                client.plays("S: 220 test\nC: TLS\nS: 250 TLSv1.3\nC: QUIT\nS: 221 bye");
                assertThat(client.hearsAll()).isEmpty();
            }
            for (int i = 0; i < 3; i++) {
                try (Client client = server.connects()) {
                    assertThatThrownBy(() -> client.sends("EHLO a\r\n").handshakes()).isInstanceOf(IOException.class);
                }
            }
            try (Client client = server.connects()) {
                assertThatThrownBy(client::handshakes).isInstanceOf(IOException.class);
            }
        }
    }

    /** A load balancer's health check, every second, must not shut its own clients out. */
    @Test
    void aHealthCheckIsNoFailure() throws Exception {
        List<String> lines = logOf(() -> {
            try (TestListener server = TestListener.with().provider(provider).implicitTls().handshakeFailures(1).start()) {
                ends(server, server.connects(), Client::close);
                ends(server, server.connects(), Client::resets);
                ends(server, server.connects(), Client::endsOutput);
                try (Client client = server.connects().handshakes()) {
                    client.plays("S: 220 test\nC: TLS\nS: 250 TLSv1.3");
                }
            }
        });
        assertThat(lines).noneMatch(line -> line.contains("TLS handshake"));
    }

    @Test
    void whoLeavesBehindStartTlsHasFailedAtNothing() throws Exception {
        try (TestListener server = TestListener.with().provider(provider).tls().handshakeFailures(1).start()) {
            ends(server, server.greeted().plays("C: STARTTLS\nS: 220 go on"), Client::close);
            ends(server, server.greeted().plays("C: STARTTLS\nS: 220 go on"), Client::resets);
            try (Client client = server.greeted().plays("C: STARTTLS\nS: 220 go on").handshakes()) {
                client.plays("C: TLS\nS: 250 TLSv1.3");
            }
        }
    }

    @Test
    void aHandshakeThatBeganAndEndedIsAFailure() throws Exception {
        try (TestListener server = TestListener.with().provider(provider).implicitTls().handshakeFailures(1).start()) {
            ends(server, server.connects().sends("\u0016\u0003\u0001"), Client::close);
            try (Client client = server.connects()) {
                assertThatThrownBy(client::handshakes).isInstanceOf(IOException.class);
            }
        }
    }

    /** A name that the JVM's TLS takes for none, so that it ends the handshake, is a mistake and no attack. */
    @Test
    void aNameThatIsNoHostsIsNotCounted() throws Exception {
        List<String> lines = logOf(() -> {
            try (TestListener server = TestListener.with().provider(TlsProvider.JDK).implicitTls().handshakeFailures(1).start()) {
                for (String name : List.of("mail_server", "mail.example.com.")) {
                    try (Client client = server.connects()) {
                        assertThatThrownBy(() -> client.asks(name)).isInstanceOf(IOException.class);
                    }
                    Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
                }
                try (Client client = server.connects().handshakes()) {
                    client.plays("S: 220 test");
                }
            }
        });
        assertThat(lines).filteredOn(line -> line.contains("TLS handshake")).hasSize(2)
                .allMatch(line -> line.contains("the JVM's TLS, unlike tlsProvider=openssl, takes no such name"))
                .anyMatch(line -> line.contains("name=mail_server"));
    }

    @Test
    void eachFailureIsOneLineWithoutWhatWasSaid() throws Exception {
        List<String> lines = logOf(() -> {
            try (TestListener server = TestListener.with().provider(provider).implicitTls().start(); Client client =
                    server.connects()) {
                assertThatThrownBy(() -> client.sends("AUTH PLAIN c2VjcmV0\r\nEHLO a\r\n").handshakes())
                        .isInstanceOf(IOException.class);
                Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
            }
        });
        assertThat(lines).filteredOn(line -> line.contains("TLS handshake")).singleElement().asString()
                .contains("INFO").matches(".*TLS handshake with 127\\.0\\.0\\.1:\\d+ failed: the client did not speak TLS");
        assertThat(lines).noneMatch(line -> line.contains("c2VjcmV0"));
    }

    @Test
    void whoIsRefusedIsNamedOnce() throws Exception {
        List<String> lines = logOf(() -> {
            HandshakeFailures failures = new HandshakeFailures(2, () -> 0);
            for (int i = 0; i < 4; i++) {
                failures.add(InetAddress.getByName("192.0.2.1"));
            }
        });
        assertThat(lines).singleElement().asString()
                .contains("2 TLS handshakes with 192.0.2.1 failed within a minute");
    }

    private static void ends(TestListener server, Client client, Ending ending) throws IOException {
        Eventually.isTrue(() -> server.runtime.connectionCount() == 1);
        ending.of(client);
        Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
        client.close();
    }

    private interface Ending {

        void of(Client client) throws IOException;
    }

    private static List<String> logOf(Executable action) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private interface Executable {
        void run() throws Exception;
    }

    @Test
    void countBeginsAnewAfterAMinute() throws Exception {
        AtomicLong now = new AtomicLong();
        HandshakeFailures failures = new HandshakeFailures(2, now::get);
        InetAddress address = InetAddress.getByName("192.0.2.1");
        failures.add(address);
        assertThat(failures.isExhausted(address)).isFalse();
        failures.add(address);
        assertThat(failures.isExhausted(address)).isTrue();
        assertThat(failures.isExhausted(InetAddress.getByName("192.0.2.2"))).isFalse();

        now.set(60_000_000_000L);

        assertThat(failures.isExhausted(address)).isFalse();
        failures.add(address);
        assertThat(failures.isExhausted(address)).isFalse();
    }
}
