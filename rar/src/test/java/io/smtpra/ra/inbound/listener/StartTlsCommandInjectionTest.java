package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.tls.TlsProvider;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CVE-2011-0411, CVE-2021-38542: commands sent in plain text behind STARTTLS, taken for commands sent within TLS. */
@ParameterizedClass
@MethodSource("io.smtpra.ra.tls.Providers#here")
class StartTlsCommandInjectionTest {

    @Parameter
    TlsProvider provider;

    private TestListener server;

    @BeforeEach
    void start() throws Exception {
        server = TestListener.with().provider(provider).tls().start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void handshakeForgetsAllThatWasSaidInPlainText() throws Exception {
        try (Client client = server.greeted()) {
            client.plays("""
                    C: NOTE bob
                    S: 250 noted
                    C: NOTES
                    S: 250 bobbobbob
                    C: TLS
                    S: 250 none
                    C: PUSH
                    S: 334 more
                    C: STARTTLS
                    S: 235 STARTTLS
                    C: STARTTLS
                    S: 220 go on
                    """);
            client.handshakes().plays("""
                    C: NOTES
                    C: TLS
                    S: 250 ---
                    S: 250 TLSv1.3
                    C: STARTTLS
                    S: 454 4.7.0 TLS is not available for now
                    C: QUIT
                    S: 221 bye
                    """);
            assertThat(client.hearsAll()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET\r\n", "R", "\r\n", "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n"})
    void moreInTheSamePacketDropsTheConnection(String injected) throws Exception {
        try (Client client = server.greeted()) {
            client.sends("STARTTLS\r\n" + injected);

            assertThat(dropped(client)).isTrue();
        }
        Eventually.assertThat(() -> server.protocol.events).containsExactly("disconnected");
    }

    @Test
    void plainTextInPlaceOfTheHandshakeIsNeverACommand() throws Exception {
        try (Client client = server.greeted()) {
            client.plays("C: STARTTLS\nS: 220 go on").sends("NOTE injected\r\nQUIT\r\n");

            assertThatThrownBy(() -> client.handshakes().plays("C: NOTES\nS: 250 ---")).isInstanceOf(IOException.class);
        }
    }

    private static boolean dropped(Client client) {
        try {
            return client.hearsAll().isEmpty();
        } catch (IOException e) {
            return true;
        }
    }
}
