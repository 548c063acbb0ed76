package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpException;
import io.smtpra.event.OutboundEvent;
import io.smtpra.ra.telemetry.HeardEvents;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each sending tells what came of it, once. */
class OutboundEventsTest {

    private final Outbound outbound;
    private final HeardEvents heard;

    OutboundEventsTest() throws Exception {
        outbound = new Outbound();
        heard = HeardEvents.of(outbound.telemetry);
    }

    @AfterEach
    void close() throws Exception {
        outbound.close();
    }

    @Test
    void aMailIsSent() throws Exception {
        SendReceipt receipt = send();

        OutboundEvent.Sent event = (OutboundEvent.Sent) heard.single();
        assertThat(event.sending().id()).isEqualTo(receipt.id());
        assertThat(event.sending().nextHop()).isEqualTo("127.0.0.1:" + outbound.peer.port());
        assertThat(event.sending().messageId()).contains("<told@example.com>");
        assertThat(event.sending().path().recipientCount()).isEqualTo(1);
        assertThat(event.reply()).isEqualTo(receipt.reply().orElseThrow());
        assertThat(event.size()).isEqualTo(outbound.peer.mails().get(0).octets().length());
        assertThat(event.tls()).isEmpty();
        assertThat(event.refused()).isEmpty();
    }

    @Test
    void aMailIsRefused() {
        outbound.peer.answer("MAIL", "550 5.7.1 never");
        assertThatThrownBy(this::send).isInstanceOf(SmtpException.class);

        OutboundEvent.Refused event = (OutboundEvent.Refused) heard.single();
        assertThat(event.phase()).isEqualTo(SmtpException.Phase.MAIL);
        assertThat(event.reply()).hasToString("Optional[550 5.7.1 never]");
    }

    @Test
    void aMailIsDeferred() {
        outbound.peer.answer("MAIL", "451 4.3.0 later");
        assertThatThrownBy(this::send).isInstanceOf(SmtpException.class);

        assertThat(heard.single()).isInstanceOf(OutboundEvent.Deferred.class);
    }

    @Test
    void aMailForANextHopThatIsAwayIsFoundByItsMessageIdToo() throws Exception {
        outbound.peer.close();
        assertThatThrownBy(this::send).isInstanceOf(SmtpException.class);

        OutboundEvent.Deferred event = (OutboundEvent.Deferred) heard.single();
        assertThat(event.reply()).isEmpty();
        assertThat(event.phase()).isEqualTo(SmtpException.Phase.CONNECT);
        assertThat(event.sending().messageId()).contains("<told@example.com>");
    }

    private SendReceipt send() throws Exception {
        try (SmtpConnection connection = outbound.connection()) {
            MimeMessage message = Outbound.message("hello");
            message.saveChanges();
            message.setHeader("Message-ID", "<told@example.com>");
            return connection.send(message);
        }
    }
}
