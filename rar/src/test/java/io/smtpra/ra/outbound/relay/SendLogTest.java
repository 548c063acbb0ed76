package io.smtpra.ra.outbound.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import io.smtpra.event.MailLogKeys;
import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.telemetry.LogIds;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.telemetry.ThreadMdc;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.client.OutboundTls;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator reads of each mail. */
class SendLogTest {

    private static final Reply OK = Reply.of(250, "2.0.0", "Ok: queued as 4C1F2A1");
    private static final Reply NO = Reply.of(550, "5.1.1", "no such user");
    private static final TlsFacts TLS = new TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(), true);

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final SendLog sendLog = new SendLog(new Telemetry());
    private ClientConfig host;

    @BeforeEach
    void open() throws Exception {
        ClientConfig plain = ClientConfig.plain("relay.example.com", 25);
        host = new ClientConfig(plain.host(), plain.port(), OutboundTls.NEGOTIATED, true,
                Optional.of(ClientTls.open(ClientTlsConfig.of(CertificateCheck.NONE))), Optional.empty(),
                plain.timeouts(), plain.extensions(), plain.auth());
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        System.setErr(standardError);
    }

    @Test
    void tellsOfAMailInOneLine() {
        sendLog.sent(trail("ID-1"), host, envelope("to@example.org"), result(Optional.of(TLS), OK));
        assertLogged("ID-1 to relay.example.com:25 over TLSv1.3 TLS_AES_256_GCM_SHA384 checked (wanted: negotiated): "
                + "<sender@example.com> to <to@example.org>, 301 octets, 250 2.0.0 Ok: queued as 4C1F2A1 in 7 ms");
    }

    @Test
    void tellsWhoWasRefusedAndThatItWentInPlainText() {
        sendLog.sent(trail("ID-2"), host, Envelope.from("").to("a@example.org", "b@example.org").build(),
                result(Optional.empty(), OK, NO));
        assertLogged("ID-2 to relay.example.com:25 in plain text (wanted: negotiated): <> to <a@example.org> "
                + "<b@example.org>, 301 octets, 250 2.0.0 Ok: queued as 4C1F2A1, refused <b@example.org> "
                + "550 5.1.1 no such user in 7 ms");
    }

    @Test
    void countsRecipientsThatAreMany() {
        String[] many = IntStream.range(0, 12).mapToObj(i -> "r" + i + "@example.org").toArray(String[]::new);
        sendLog.sent(trail("ID-3"), host, envelope(many), result(Optional.of(TLS), OK));
        assertThat(logged()).contains("<r9@example.org> and 2 more, 301 octets").doesNotContain("r10");
    }

    @Test
    void tellsWhatWasNotSentWithoutLineBreaks() {
        sendLog.failed(trail("ID-4"), new NextHop(List.of(host)), envelope("j\u2028rg@example.org"), 3_000_000,
                new SmtpException(SmtpException.Phase.RECIPIENT, "broken\r\nID-5 to elsewhere", true, null));
        assertLogged("ID-4 to relay.example.com:25 (TLS wanted: negotiated): <sender@example.com> to "
                + "<j?rg@example.org>, not sent in 3 ms, phase RECIPIENT, may succeed later: "
                + "broken??ID-5 to elsewhere");
    }

    @Test
    void tellsByWhichIdsAMailIsFound() {
        ThreadMdc.install();
        try (LogIds.Place mail = LogIds.place(MailLogKeys.MAIL, "M1");
                LogIds.Place queued = LogIds.place(MailLogKeys.QUEUED, "17")) {
            sendLog.sent(SendTrail.here("ID-1", Optional.of("<1@example.com>")), host, envelope("to@example.org"),
                    result(Optional.empty(), OK));
        }
        assertThat(logged().strip()).endsWith(" in 7 ms message-id=<1@example.com> mail=M1 queued=17");
        assertThat(SendTrail.here("ID-2", Optional.empty()).text()).isEmpty();
    }

    private static SendTrail trail(String id) {
        return SendTrail.here(id, Optional.empty());
    }

    private static Envelope envelope(String... recipients) {
        return Envelope.from("sender@example.com").to(recipients).build();
    }

    private static SendResult result(Optional<TlsFacts> tls, Reply... toRecipients) {
        List<RecipientOutcome> recipients = IntStream.range(0, toRecipients.length)
                .mapToObj(i -> new RecipientOutcome(
                        Mailbox.parse((char) ('a' + i) + "@example.org"), toRecipients[i]))
                .toList();
        return new SendResult(recipients, OK, Optional.of("4C1F2A1"), tls, 301, Duration.ofMillis(7));
    }

    private void assertLogged(String line) {
        assertThat(logged().lines()).singleElement().asString().endsWith(line);
    }

    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }
}
