package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.client.net.ClientTimeouts;
import io.smtpra.ra.client.transfer.ClientExtensions;
import io.smtpra.ra.sasl.AuthCredentials.ClientCertificate;
import io.smtpra.ra.sasl.AuthCredentials.Token;
import io.smtpra.ra.sasl.AuthCredentials.UserPassword;
import io.smtpra.ra.tls.client.OutboundTls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What could break a command line is refused where it comes in, and never repeated. */
class ArgumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"evil\r\nRSET", "evil\n", "evil\r", "evil\0", "evil\u001b[2J", "evil\u0085"})
    void control_characters_are_refused_everywhere(String evil) {
        refused(() -> ClientConfig.plain(evil, 25));
        refused(() -> config(Optional.of(evil)));
        refused(() -> new UserPassword(evil, "secret"));
        refused(() -> new UserPassword("user", evil));
        refused(() -> new ClientCertificate(Optional.of(evil)));
        refused(() -> new Token(evil, () -> "token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä.example.com"})
    void a_name_of_a_host_is_visible_ASCII(String name) {
        assertThatThrownBy(() -> ClientConfig.plain(name, 25)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> config(Optional.of(name))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_has_no_bound_is_refused() {
        for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(2), Duration.ofNanos(1))) {
            assertThatThrownBy(() -> ClientTimeouts.of(bad, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> ClientConfig.plain("localhost", 0)).hasMessageContaining("1 to 65535, not 0");
        assertThatThrownBy(() -> new AuthPolicy(List.of(), false, false)).hasMessageContaining("mechanism");
        assertThatThrownBy(() -> new ClientConfig("localhost", 25, OutboundTls.REQUIRED, false, Optional.empty(),
                Optional.empty(), ClientTimeouts.DEFAULTS, ClientExtensions.ALL, AuthPolicy.DEFAULTS))
                .hasMessageContaining("material");
    }

    @Test
    void we_name_ourselves_by_our_address_if_we_have_no_name() throws Exception {
        assertThat(Hello.addressLiteral("192.0.2.1")).isEqualTo("[192.0.2.1]");
        assertThat(Hello.addressLiteral("fe80:0:0:0:0:0:0:1%eth0")).isEqualTo("[IPv6:fe80:0:0:0:0:0:0:1]");
        try (ScriptedServer server = ScriptedServer.plays(
                "S: 220 x\nC: EHLO [127.0.0.1]\nS: 250 x\n" + Scripts.QUIT)) {
            Clients.open(ClientConfig.plain("127.0.0.1", server.port())).close();
            server.verify();
        }
    }

    private static ClientConfig config(Optional<String> heloName) {
        return new ClientConfig("localhost", 25, OutboundTls.DISABLED, false, Optional.empty(), heloName,
                ClientTimeouts.DEFAULTS, ClientExtensions.ALL, AuthPolicy.DEFAULTS);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage).asString().doesNotContain("evil");
    }
}
