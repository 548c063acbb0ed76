package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.SmtpConnection;
import io.smtpra.SmtpException;
import io.smtpra.ra.telemetry.Moved;
import io.smtpra.ra.telemetry.Statistic;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each sending moves the figures that it should move, and no other. */
class OutboundStatisticsTest {

    private final Outbound outbound;

    OutboundStatisticsTest() throws Exception {
        outbound = new Outbound();
    }

    @AfterEach
    void close() throws Exception {
        outbound.close();
    }

    @Test
    void aMailIsSent() throws Exception {
        send();
        assertThat(Moved.counters(outbound.telemetry)).isEqualTo(Map.of(
                Statistic.OUTBOUND_SENT, 1L, Statistic.OUTBOUND_PLAIN, 1L,
                Statistic.OUTBOUND_OCTETS, (long) outbound.peer.mails().get(0).octets().length()));
        assertThat(outbound.telemetry.nextHops().values())
                .isEqualTo(Map.of("127.0.0.1:" + outbound.peer.port() + " sent", 1L));
    }

    @Test
    void aMailIsRefused() {
        outbound.peer.answer("MAIL", "550 5.7.1 never");
        assertFails("refused", Statistic.OUTBOUND_REFUSED);
    }

    @Test
    void aMailIsDeferred() {
        outbound.peer.answer("MAIL", "451 4.3.0 later");
        assertFails("deferred", Statistic.OUTBOUND_DEFERRED);
    }

    @Test
    void aNextHopIsAway() throws Exception {
        outbound.peer.close();
        assertFails("deferred", Statistic.OUTBOUND_DEFERRED);
    }

    private void assertFails(String outcome, Statistic figure) {
        assertThatThrownBy(this::send).isInstanceOf(SmtpException.class);
        assertThat(Moved.counters(outbound.telemetry)).isEqualTo(Map.of(figure, 1L));
        assertThat(outbound.telemetry.nextHops().values())
                .isEqualTo(Map.of("127.0.0.1:" + outbound.peer.port() + " " + outcome, 1L));
    }

    private void send() throws Exception {
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(Outbound.message("hello"));
        }
    }
}
