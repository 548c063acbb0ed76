package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.AddressGroup;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More connections than a server can bear, from one address or from many. */
class ConnectionFloodTest {

    private static final String TOO_MANY = "421 4.7.0 mx.example.com Too many connections, try again later";

    @ParameterizedTest
    @CsvSource({"5, 100", "100, 5"})
    void connectionsAreBounded(int total, int perAddress) throws Exception {
        try (TestListener server = TestListener.with().limits(total, perAddress).start()) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(server.greeted());
            }
            for (int i = 0; i < 50; i++) {
                try (Client refused = server.connects()) {
                    assertThat(refused.hearsAll()).containsExactly(TOO_MANY);
                }
            }
            Eventually.isTrue(() -> server.runtime.connectionCount() == 5);

            clients.remove(0).close();
            Eventually.isTrue(() -> server.runtime.connectionCount() == 4);
            clients.add(server.greeted());
            for (Client client : clients) {
                client.plays("C: NOOP\nS: 250 NOOP").close();
            }
            Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
            Eventually.isTrue(() -> server.runtime.connections().groups() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8::ffff:1:2:3, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
        "192.0.2.1, ::c000:201, false",
    })
    void oneCustomerIsOneAddress(String one, String other, boolean same) throws Exception {
        assertThat(AddressGroup.of(InetAddress.getByName(one)).equals(AddressGroup.of(InetAddress.getByName(other))))
                .isEqualTo(same);
    }

    @Test
    void pipelinedFloodLeavesTurnsToOthers() throws Exception {
        try (TestListener server = TestListener.plain(); Client flood = server.greeted();
                Client other = server.greeted()) {
            flood.sends("RSET\r\n".repeat(20_000));

            other.plays("C: NOOP\nS: 250 NOOP");
            for (int i = 0; i < 20_000; i++) {
                assertThat(flood.hears()).isEqualTo("250 RSET");
            }
        }
    }
}
