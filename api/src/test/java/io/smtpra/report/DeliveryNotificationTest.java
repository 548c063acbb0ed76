package io.smtpra.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.BodyType;
import io.smtpra.DsnNotify;
import io.smtpra.DsnReturn;
import io.smtpra.EnhancedStatusCode;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.OriginalRecipient;
import io.smtpra.Recipient;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.mail.DeliveryReport;
import io.smtpra.mail.MailView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryNotificationTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
    private static final Instant TOMORROW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Reply UNKNOWN = Reply.of(550, "5.1.1", "No such user");
    private static final Reply BUSY = Reply.of(451, "4.3.2", "Come later");
    private static final Reply TAKEN = Reply.of(250, "2.0.0", "Queued");
    private static final String MAIL =
            "Received: from a\r\nMessage-ID: <1@example.net>\r\nSubject: Hello\r\n\r\nBody\r\n";

    @Test
    void tellsAFailureInFull() throws IOException {
        Recipient recipient = new Recipient(Mailbox.parse("u@example.com"), Set.of(DsnNotify.FAILURE),
                Optional.of(new OriginalRecipient("rfc822", "alias@example.com")));
        Envelope envelope = Envelope.from("s@example.net").to(recipient).envelopeId("order 4711")
                .dsnReturn(DsnReturn.FULL).build();
        DeliveryNotification notification = DeliveryNotification.about(envelope, content(MAIL), "MX.example.com")
                .arrivedAt(Instant.parse("2026-11-28T11:00:00Z"))
                .failed(recipient, UNKNOWN, "next.example.com")
                .build(NOON).orElseThrow();

        assertThat(notification.envelope()).isEqualTo(Envelope.from("").to("s@example.net").build());
        assertThat(withoutIds(text(notification))).isEqualTo("""
                Date: Sat, 28 Nov 2026 12:00:00 +0000
                From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
                To: <s@example.net>
                Subject: Undelivered mail returned to sender
                Message-ID: <ID@mx.example.com>
                In-Reply-To: <1@example.net>
                References: <1@example.net>
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status;
                \tboundary="=_ID"

                --=_ID
                Content-Type: text/plain; charset=utf-8

                This is the mail system at mx.example.com.

                Your mail could not be delivered to:

                  u@example.com
                    Server: next.example.com
                    Said: 550 5.1.1 No such user

                Your mail is attached.

                --=_ID
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.com
                Original-Envelope-Id: order 4711
                Arrival-Date: Sat, 28 Nov 2026 11:00:00 +0000

                Original-Recipient: rfc822; alias@example.com
                Final-Recipient: rfc822; u@example.com
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; next.example.com
                Diagnostic-Code: smtp; 550 5.1.1 No such user
                Last-Attempt-Date: Sat, 28 Nov 2026 12:00:00 +0000

                --=_ID
                Content-Type: message/rfc822

                Received: from a
                Message-ID: <1@example.net>
                Subject: Hello

                Body

                --=_ID--
                """.replace("\n", "\r\n"));
    }

    @Test
    void tellsWhatElseMayBecomeOfAMail() throws IOException {
        Envelope envelope = Envelope.from("s@example.net")
                .to(asking("a@example.com", DsnNotify.SUCCESS)).to(asking("b@example.com", DsnNotify.SUCCESS))
                .to(asking("c@example.com", DsnNotify.DELAY)).build();
        String text = text(DeliveryNotification.about(envelope, content(MAIL), "mx.example.com")
                .delivered(envelope.recipients().get(0))
                .relayed(envelope.recipients().get(1), TAKEN, "next.example.com")
                .delayed(envelope.recipients().get(2), BUSY, TOMORROW)
                .build(NOON).orElseThrow());

        assertThat(text).contains("Final-Recipient: rfc822; a@example.com\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n",
                "Final-Recipient: rfc822; b@example.com\r\nAction: relayed\r\nStatus: 2.0.0\r\n"
                        + "Remote-MTA: dns; next.example.com\r\nDiagnostic-Code: smtp; 250 2.0.0 Queued\r\n\r\n",
                "Final-Recipient: rfc822; c@example.com\r\nAction: delayed\r\nStatus: 4.3.2\r\n"
                        + "Diagnostic-Code: smtp; 451 4.3.2 Come later\r\n"
                        + "Last-Attempt-Date: Sat, 28 Nov 2026 12:00:00 +0000\r\n"
                        + "Will-Retry-Until: Sun, 29 Nov 2026 12:00:00 +0000\r\n\r\n",
                "Subject: Delayed mail, still being tried\r\n");
        assertThat(text).as("RFC 3461 section 4.3: no failure, no body").contains("text/rfc822-headers")
                .doesNotContain("Body");
    }

    /** RFC 3461 section 4.1. */
    @ParameterizedTest
    @CsvSource({
        "'',              failed delayed",
        "NEVER,           ''",
        "SUCCESS,         delivered relayed",
        "FAILURE,         failed",
        "DELAY,           delayed",
        "SUCCESS FAILURE, delivered relayed failed"})
    void tellsWhatWasAskedForAlone(String asked, String told) throws IOException {
        Set<DsnNotify> notify = asked.isEmpty() ? Set.of()
                : EnumSet.copyOf(Arrays.stream(asked.split(" ")).map(DsnNotify::valueOf).toList());
        Recipient recipient = new Recipient(Mailbox.parse("u@example.com"), notify, Optional.empty());
        Envelope envelope = Envelope.from("s@example.net").to(recipient).build();
        Optional<DeliveryNotification> notification = DeliveryNotification
                .about(envelope, content(MAIL), "mx.example.com")
                .delivered(recipient).relayed(recipient, TAKEN, "next.example.com").failed(recipient, UNKNOWN)
                .delayed(recipient, BUSY, TOMORROW).build(NOON);
        String actions = notification.isEmpty() ? "" : text(notification.get()).lines()
                .filter(line -> line.startsWith("Action: ")).map(line -> line.substring(8))
                .collect(Collectors.joining(" "));
        assertThat(actions).isEqualTo(told);
    }

    @Test
    void isNeverMadeForTheNullReversePath() throws IOException {
        Recipient recipient = asking("u@example.com", DsnNotify.SUCCESS);
        assertThat(DeliveryNotification.about(Envelope.from("").to(recipient).build(), content(MAIL), "mx.example.com")
                .failed(recipient, UNKNOWN).delivered(recipient).build()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, 7, SEVEN_BIT, message/rfc822",
        "'',   7, SEVEN_BIT, message/rfc822",
        "HDRS, 7, SEVEN_BIT, text/rfc822-headers",
        "FULL, 7, BINARY_MIME, text/rfc822-headers",
        "FULL, 60000, SEVEN_BIT, text/rfc822-headers"})
    void bringsBackWhatWasAskedForWithinBounds(String ret, int length, BodyType body, String type) throws IOException {
        Recipient recipient = Recipient.of("u@example.com");
        Envelope.Builder envelope = Envelope.from("s@example.net").to(recipient).bodyType(body);
        if (!ret.isEmpty()) {
            envelope.dsnReturn(DsnReturn.valueOf(ret));
        }
        DeliveryNotification notification = DeliveryNotification
                .about(envelope.build(), content(MAIL + "x".repeat(length)), "mx.example.com")
                .failed(recipient, UNKNOWN).build(NOON).orElseThrow();
        assertThat(text(notification)).contains("\r\nContent-Type: " + type + "\r\n", "Subject: Hello\r\n");
        assertThat(text(notification).contains("Body\r\n")).isEqualTo(type.equals("message/rfc822"));
        assertThat(notification.envelope().bodyType()).isEqualTo(BodyType.SEVEN_BIT);
    }

    @Test
    void aHeaderWithoutEndIsBounded() throws IOException {
        Recipient recipient = Recipient.of("u@example.com");
        DeliveryNotification notification = DeliveryNotification
                .about(Envelope.from("s@example.net").to(recipient).build(), content("X: y\r\n".repeat(100_000)),
                        "mx.example.com")
                .returnAtMost(0).failed(recipient, UNKNOWN).build(NOON).orElseThrow();
        assertThat(text(notification)).hasSizeLessThan(70_000).contains("X: y\r\n\r\n--=_");
    }

    /** RFC 6533. */
    @Test
    void speaksUtf8AboutAddressesOfTheWorld() throws IOException {
        Recipient recipient = new Recipient(Mailbox.parse("jörg@faß.de"), Set.of(),
                Optional.of(new OriginalRecipient("utf-8", "用户@例え.テスト")));
        Envelope envelope = Envelope.from("grüße@example.net").to(recipient).smtpUtf8(true).build();
        DeliveryNotification notification = DeliveryNotification.about(envelope, content(MAIL), "mx.example.com")
                .failed(recipient, new Reply(550, Optional.empty(), List.of("Unbekannt: jörg"))).build(NOON)
                .orElseThrow();
        assertThat(notification.envelope().smtpUtf8()).isTrue();
        assertThat(notification.envelope().bodyType()).isEqualTo(BodyType.EIGHT_BIT_MIME);
        assertThat(text(notification)).contains("To: <grüße@example.net>\r\n",
                "Content-Type: message/global-delivery-status\r\nContent-Transfer-Encoding: 8bit\r\n",
                "Original-Recipient: utf-8; 用户@例え.テスト\r\n", "Final-Recipient: utf-8; jörg@faß.de\r\n",
                "Status: 5.0.0\r\n", "Diagnostic-Code: smtp; 550 Unbekannt: jörg\r\n",
                "Content-Type: message/global\r\n");
    }

    @Test
    void speaksAsciiToSendersWithoutUtf8() throws IOException {
        Recipient recipient = new Recipient(Mailbox.parse("user@faß.de"), Set.of(),
                Optional.of(new OriginalRecipient("utf-8", "jörg@faß.de")));
        Envelope envelope = Envelope.from("s@bücher.example").to(recipient).build();
        DeliveryNotification notification = DeliveryNotification
                .about(envelope, content(MAIL.replace("Hello", "Grüße")), "mx.example.com")
                .failed(recipient, new Reply(450, Optional.empty(), List.of("Später"))).build(NOON).orElseThrow();
        assertThat(notification.envelope().smtpUtf8()).isFalse();
        assertThat(text(notification)).contains("To: <s@xn--bcher-kva.example>\r\n",
                "Original-Recipient: utf-8; j\\x{F6}rg@fa\\x{DF}.de\r\n",
                "Final-Recipient: rfc822; user@xn--fa-hia.de\r\n", "Status: 4.0.0\r\n",
                "Diagnostic-Code: smtp; 450 Sp?ter\r\n",
                "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n");
        assertThat(notification.envelope().bodyType()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    }

    @Test
    void readsAnOutboundFailure() throws IOException {
        Envelope envelope = Envelope.from("s@example.net").to("a@example.com", "b@example.com").build();
        List<RecipientOutcome> outcomes = List.of(
                new RecipientOutcome(Mailbox.parse("a@EXAMPLE.com"), TAKEN),
                new RecipientOutcome(Mailbox.parse("b@example.com"), UNKNOWN));
        assertThat(failed(envelope, new SmtpException(SmtpException.Phase.RECIPIENT, "no", UNKNOWN, outcomes)))
                .contains("rfc822; b@example.com").doesNotContain("rfc822; a@example.com");
        assertThat(failed(envelope, new SmtpException(SmtpException.Phase.END_OF_DATA, "no",
                Reply.of(554, "5.7.1", "Spam"), List.of(outcomes.get(0)))))
                .contains("rfc822; b@example.com", "rfc822; a@example.com", "Status: 5.7.1");
        assertThat(failed(envelope, new SmtpException(SmtpException.Phase.CONNECT, "refused\r\nX: y", true, null)))
                .contains("rfc822; b@example.com", "rfc822; a@example.com", "Status: 4.4.1",
                        "451 4.4.1 refused  X: y\r\n");
    }

    @Test
    void isReadAgainAsItWasMeant() throws IOException {
        Recipient recipient = new Recipient(Mailbox.parse("b.@docomo.example"), Set.of(),
                Optional.of(new OriginalRecipient("rfc822", "alias@example.com")));
        Envelope envelope = Envelope.from("s@example.net").to(recipient).envelopeId("order 4711").build();
        DeliveryReport report = MailView.of(DeliveryNotification.about(envelope, content(MAIL), "mx.example.com")
                .failed(recipient, UNKNOWN, "next.example.com").build(NOON).orElseThrow().content())
                .deliveryReport().orElseThrow();
        assertThat(report.reportingServer()).isEqualTo("mx.example.com");
        assertThat(report.originalEnvelopeId()).contains("order 4711");
        assertThat(report.original().orElseThrow().subject()).isEqualTo("Hello");
        DeliveryReport.RecipientReport told = report.recipients().get(0);
        assertThat(told.finalRecipient()).isEqualTo("\"b.\"@docomo.example");
        assertThat(told.originalRecipient()).contains("alias@example.com");
        assertThat(told.action()).contains(DeliveryReport.Action.FAILED);
        assertThat(told.status()).contains(EnhancedStatusCode.parse("5.1.1"));
        assertThat(told.diagnostic()).contains("550 5.1.1 No such user");
        assertThat(told.remoteServer()).contains("next.example.com");
    }

    @Test
    void isReadAgainWithAddressesOfTheWorld() throws IOException {
        for (boolean utf8 : new boolean[] {true, false}) {
            Recipient recipient = new Recipient(Mailbox.parse("user@example.com"), Set.of(),
                    Optional.of(new OriginalRecipient("utf-8", "jörg+x@faß.de")));
            Envelope envelope = Envelope.from("s@example.net").to(recipient).smtpUtf8(utf8).build();
            DeliveryReport report = MailView.of(DeliveryNotification.about(envelope, content(MAIL), "mx.example.com")
                    .failed(recipient, UNKNOWN).build(NOON).orElseThrow().content()).deliveryReport().orElseThrow();
            assertThat(report.recipients().get(0).originalRecipient()).as("%s", utf8).contains("jörg+x@faß.de");
            assertThat(report.original().orElseThrow().subject()).isEqualTo("Hello");
        }
    }

    /** What strangers said comes back in one field, of lines that any server takes. */
    @Test
    void aLongReplyIsFolded() throws IOException {
        Recipient recipient = Recipient.of("u@example.com");
        Reply reply = new Reply(550, Optional.empty(),
                List.of("word ".repeat(100) + "y".repeat(3_000), "Action: delivered"));
        String text = text(DeliveryNotification
                .about(Envelope.from("s@example.net").to(recipient).build(), content(MAIL), "mx.example.com")
                .failed(recipient, reply).build(NOON).orElseThrow());
        assertThat(text.lines()).allMatch(line -> line.length() <= 998);
        assertThat(text.lines().filter(line -> line.startsWith("Action:"))).containsExactly("Action: failed");
    }

    @Test
    void keepsTlsRequired() throws IOException {
        Recipient recipient = Recipient.of("u@example.com");
        Envelope envelope = Envelope.from("s@example.net").to(recipient).requireTls(true).build();
        assertThat(DeliveryNotification.about(envelope, content(MAIL), "mx.example.com").failed(recipient, UNKNOWN)
                .build().orElseThrow().envelope().requireTls()).isTrue();
        assertThatThrownBy(() -> DeliveryNotification.about(envelope, content(MAIL), "mx\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String failed(Envelope envelope, SmtpException failure) throws IOException {
        return text(DeliveryNotification.about(envelope, content(MAIL), "mx.example.com").failed(failure).build(NOON)
                .orElseThrow());
    }

    private static Recipient asking(String mailbox, DsnNotify notify) {
        return new Recipient(Mailbox.parse(mailbox), Set.of(notify), Optional.empty());
    }

    private static MailContent content(String text) {
        return MailContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DeliveryNotification notification) throws IOException {
        try (InputStream in = notification.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String withoutIds(String text) {
        return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
    }
}
