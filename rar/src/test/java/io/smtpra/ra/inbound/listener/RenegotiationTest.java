package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.tls.TlsProvider;
import java.io.IOException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** CVE-2009-3555, CVE-2011-1473: another handshake within TLS, to slip something in, or to keep the server busy. */
@ParameterizedClass
@MethodSource("io.smtpra.ra.tls.Providers#here")
class RenegotiationTest {

    @Parameter
    TlsProvider provider;

    @Test
    void secondHandshakeEndsTheConnection() throws Exception {
        try (TestListener server = TestListener.with().provider(provider).tls().start();
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
