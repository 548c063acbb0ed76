package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.Eventually;
import java.io.IOException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** CVE-2009-3555, CVE-2011-1473: another handshake within TLS, to slip something in, or to keep the server busy. */
class RenegotiationTest {

    @Test
    void secondHandshakeEndsTheConnection() throws Exception {
        try (TestListener server = TestListener.with().tls().start();
                Client client = server.greeted().plays("C: STARTTLS\nS: 220 go on").handshakes("TLSv1.2")) {
            client.plays("C: TLS\nS: 250 TLSv1.2");

            assertThatThrownBy(() -> {
                ((SSLSocket) client.socket()).startHandshake();
                client.plays("C: NOOP\nS: 250 NOOP");
            }).isInstanceOf(IOException.class);
            Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
            Eventually.assertThat(() -> server.protocol.events).containsExactly("disconnected");
        }
    }
}
