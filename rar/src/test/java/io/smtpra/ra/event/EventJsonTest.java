package io.smtpra.ra.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import io.smtpra.event.AuthenticationFailed;
import io.smtpra.event.ConnectionRefused;
import io.smtpra.event.MailPath;
import io.smtpra.event.OutboundEvent;
import io.smtpra.event.ReceivedMailEvent;
import io.smtpra.event.SenderRefused;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final Instant AT = Instant.parse("2026-11-29T08:00:00.123Z");
    private static final Peer PEER = new Peer(new InetSocketAddress("192.0.2.7", 4711), Optional.empty(),
            "client.example.net", ListenerKind.SMTP, Optional.empty(), Optional.empty());
    private static final String PEER_JSON = "{\"address\":\"192.0.2.7\",\"port\":4711,\"helo\":\"client.example.net\","
            + "\"listener\":\"smtp\"}";

    @Test
    void aMailIsAnObjectWithAllThatIsKnownOfIt() {
        MailPath path = new MailPath(Optional.empty(), List.of(Mailbox.parse("a@example.com")), 12);
        assertThat(EventJson.of(new ReceivedMailEvent.Accepted(AT, "S1", PEER,
                new ReceivedMailEvent.ReceivedFacts("M1", Optional.of("<1@example.net>"), path, 5, Duration.ofMillis(7)),
                Reply.of(250, "2.0.0", "Ok: queued as M1"))))
                .isEqualTo("{\"time\":\"2026-11-29T08:00:00.123Z\",\"event\":\"mail-accepted\",\"session\":\"S1\",\"peer\":"
                        + PEER_JSON + ",\"mail\":{\"id\":\"M1\",\"messageId\":\"<1@example.net>\",\"path\":{\"recipients\":"
                        + "[\"a@example.com\"],\"recipientCount\":12},\"size\":5,\"durationMillis\":7},\"reply\":{\"code\":250,"
                        + "\"status\":\"2.0.0\",\"text\":\"Ok: queued as M1\"}}");
    }

    @Test
    void aSendingHasItsNextHopItsEncryptionAndTheRecipientsThatWereRefused() {
        Mailbox sender = Mailbox.parse("a@example.com");
        assertThat(EventJson.of(new OutboundEvent.Sent(AT,
                new OutboundEvent.Sending("X-1", "relay.example.com:25",
                        new MailPath(Optional.of(sender), List.of(), 0), Optional.empty(), Optional.of("M1"),
                        Optional.of("17"), Duration.ofSeconds(1)),
                5, Reply.of(250, "2.0.0", "Ok"), Optional.of("Q1"),
                Optional.of(new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(), true)),
                List.of(new RecipientOutcome(sender, Reply.of(550, "5.1.1", "No"))))))
                .isEqualTo("{\"time\":\"2026-11-29T08:00:00.123Z\",\"event\":\"outbound-sent\",\"sending\":{\"id\":\"X-1\","
                        + "\"nextHop\":\"relay.example.com:25\",\"path\":{\"reversePath\":\"a@example.com\",\"recipients\":[],"
                        + "\"recipientCount\":0},\"receivedMail\":\"M1\",\"queuedMail\":\"17\",\"durationMillis\":1000},"
                        + "\"size\":5,\"reply\":{\"code\":250,\"status\":\"2.0.0\",\"text\":\"Ok\"},\"queueId\":\"Q1\","
                        + "\"tls\":{\"protocol\":\"TLSv1.3\",\"cipher\":\"TLS_AES_128_GCM_SHA256\",\"verified\":true},"
                        + "\"refused\":[{\"recipient\":\"a@example.com\",\"reply\":{\"code\":550,\"status\":\"5.1.1\","
                        + "\"text\":\"No\"}}]}");
    }

    @Test
    void wordsAreWrittenAsInTheConfiguration() {
        assertThat(EventJson.of(new ConnectionRefused(AT, PEER, ConnectionRefused.Reason.TOO_MANY_FROM_ADDRESS)))
                .endsWith(",\"reason\":\"too-many-from-address\"}");
        assertThat(EventJson.of(new AuthenticationFailed(
                AT, "S1", PEER, Optional.empty(), "PLAIN", AuthenticationFailed.Cause.SHUT_OUT)))
                .endsWith(",\"mechanism\":\"PLAIN\",\"cause\":\"shut-out\"}");
        assertThat(EventJson.of(new OutboundEvent.Deferred(AT,
                new OutboundEvent.Sending("X-1", "h:25", new MailPath(Optional.empty(), List.of(), 0), Optional.empty(),
                        Optional.empty(), Optional.empty(), Duration.ZERO),
                SmtpException.Phase.END_OF_DATA, Optional.empty(), "why")))
                .endsWith(",\"phase\":\"end-of-data\",\"reason\":\"why\"}");
    }

    @Test
    void nothingBreaksOutOfAText() {
        String text = "\" \\ / \u0000 \n \r \u007f \u0085 \u2028 \u2029 é € \ud83d\ude00 \ud83d \ude00";
        assertThat(EventJson.of(new SenderRefused(AT, "S1", PEER, text, Reply.of(550, "5.1.1", "No"))))
                .contains("\"argument\":\"\\\" \\\\ / \\u0000 \\u000a \\u000d \\u007f \\u0085 \\u2028 \\u2029 é €"
                        + " \ud83d\ude00 \\ud83d \\ude00\"");
    }
}
