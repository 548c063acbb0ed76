package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.ra.inbound.smtp.content.ReceivedHeader;
import io.smtpra.ra.inbound.smtp.session.AddressLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our {@code Received:} header (RFC 5321 section 4.4); a whole one is in {@link MailTransactionTest}. */
class ReceivedHeaderTest {

    @TempDir
    private Path spool;

    @ParameterizedTest
    @CsvSource({
        "false, false, false, false, SMTP",
        "false, false, true, false, SMTP",
        "true, false, false, false, ESMTP",
        "true, false, true, false, ESMTPS",
        "true, false, false, true, ESMTPA",
        "true, false, true, true, ESMTPSA",
        "true, true, false, false, UTF8SMTP",
        "true, true, true, false, UTF8SMTPS",
        "true, true, false, true, UTF8SMTPA",
        "true, true, true, true, UTF8SMTPSA"})
    void namesTheProtocolAsRegistered(boolean extended, boolean utf8, boolean tls, boolean auth, String name) {
        Peer peer = new Peer(new InetSocketAddress("192.0.2.7", 1), Optional.empty(), "a", ListenerKind.SMTP,
                auth ? Optional.of("user") : Optional.empty(), tls ? Optional.of(FakeTransport.TLS) : Optional.empty());
        assertThat(ReceivedHeader.protocol(extended, utf8, peer)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-29T09:05:03Z", "2024-02-29T23:59:59Z", "1999-12-31T00:00:00Z", "2031-06-01T12:30:07Z"})
    void writesTheDateAsMailDoes(Instant at) {
        assertThat(ReceivedHeader.date(at)).isEqualTo(
                DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).format(at.atOffset(ZoneOffset.UTC)));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, [192.0.2.7]", "2001:db8::1, [IPv6:2001:db8:0:0:0:0:0:1]",
        "fe80::1%1, [IPv6:fe80:0:0:0:0:0:0:1]"})
    void showsTheAddressAsALiteral(String address, String literal) throws UnknownHostException {
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName(address), 25);
        assertThat(AddressLiteral.of(peer)).isEqualTo(literal);
    }

    @Test
    void keepsItsLinesShortAndItsFoldsWhereBlanksAre() {
        Server server = new Server(spool);
        String domain = "d".repeat(63) + "." + "d".repeat(63) + ".example.com";
        server.verdict(CompletableFuture.completedFuture(Optional.empty()));
        Conversation conversation = server.talk().inTls().greeted();
        conversation.sayAll("EHLO " + "h".repeat(255));
        conversation.say("MAIL FROM:<>");
        conversation.say("RCPT TO:<" + "l".repeat(64) + "@" + domain + ">");
        conversation.say("BDAT 0 LAST");
        assertThat(server.content().split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThan(998))
                .allMatch(line -> line.startsWith("Received: ") || line.startsWith("\t"));
        assertThat(server.content()).endsWith("\r\n").doesNotContain("\r\n\r\n");
    }

    @Test
    void tellsNoRecipientOfAnother() {
        Server server = new Server(spool);
        Conversation conversation = server.talk().withRecipient();
        conversation.say("RCPT TO:<hidden@example.com>");
        conversation.say("BDAT 0 LAST");
        assertThat(server.content()).doesNotContain("hidden").doesNotContain("for <");
    }
}
