package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code EHLO} and {@code HELO}: what they take and what they offer. */
class HelloTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.example.net", "localhost", "my_pc", "192.0.2.7", "[192.0.2.7]",
        "[IPv6:2001:db8::1]",
        "example.com.", "-x-", "a", "{7F3A-22}", "xn--mnchen-3ya.example"})
    void takesWhateverIsOneHarmlessWord(String name) {
        Conversation conversation = server.talk().greeted();
        assertThat(conversation.say("HELO " + name)).isEqualTo("250 mx.example.com");
        assertThat(conversation.sayAll("EHLO " + name)).startsWith("250-mx.example.com");
        conversation.run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.content()).startsWith("Received: from " + name + " ([192.0.2.7])\r\n");
        assertThat(server.mail().peer().heloName()).isEqualTo(name);
    }

    /** What a desktop calls itself, or a printer, is none of our business (RFC 5321 section 4.1.4). */
    @ParameterizedTest
    @ValueSource(strings = {"two words", "a;b", "host (printer 3)", "<a>", "a@b", "a,b", "\"a\"", "a\\b",
            "münchen.example",
        "[", "]", "[192.0.2.7", "192.0.2.7]", "[a]b]", "[[a]]", "MÜLLER-PC"})
    void takesWhatIsNoDomainToo(String name) {
        Conversation conversation = server.talk().greeted();
        assertThat(conversation.say("HELO " + name)).isEqualTo("250 mx.example.com");
        assertThat(conversation.sayAll("EHLO " + name)).startsWith("250-mx.example.com");
        conversation.run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.mail().peer().heloName()).isEqualTo(name);
    }

    @Test
    void takesANameInLatin1() {
        server.talk().greeted().send("HELO M\u00dcLLER-PC\r\n".getBytes(StandardCharsets.ISO_8859_1)).run("""
                S: 250 mx.example.com
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.mail().peer().heloName()).isEqualTo("MÜLLER-PC");
        assertThat(server.content()).startsWith("Received: from M?LLER-PC ([192.0.2.7])\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void refusesNoName(String name) {
        Conversation conversation = server.talk().greeted();
        assertThat(conversation.say("EHLO " + name)).isEqualTo("501 5.5.4 A domain or an address literal is needed");
        assertThat(conversation.say("HELO " + name)).isEqualTo("501 5.5.4 A domain or an address literal is needed");
    }

    @Test
    void refusesALongName() {
        Conversation conversation = server.talk().greeted();
        assertThat(conversation.say("HELO " + "a".repeat(255))).startsWith("250");
        assertThat(conversation.say("HELO " + "a".repeat(256))).startsWith("501 5.5.4");
    }

    @Test
    void aRefusedOneChangesNothing() {
        server.talk().withRecipient().run("""
                C: EHLO
                S: 501 5.5.4 A domain or an address literal is needed
                C: RCPT TO:<other@example.com>
                S: 250 2.1.5 Recipient ok
                """);
    }

    @ParameterizedTest
    @CsvSource({"SIZE, SIZE 36700160", "PIPELINING, PIPELINING", "EIGHT_BIT_MIME, 8BITMIME", "SMTP_UTF8, SMTPUTF8",
        "DSN, DSN", "CHUNKING, CHUNKING", "ENHANCED_STATUS_CODES, ENHANCEDSTATUSCODES", "REQUIRE_TLS, REQUIRETLS",
        "HELP, HELP", "VRFY, VRFY", "EXPN, EXPN", "ETRN, ETRN"})
    void offersWhatIsSwitchedOnAlone(Extension extension, String keyword) {
        assertThat(keywords(new Server(spool).on(extension))).contains(keyword);
        assertThat(keywords(new Server(spool).off(extension))).doesNotContain(keyword);
    }

    @Test
    void offersBinaryMimeWithBothItsHalvesAlone() {
        assertThat(keywords(new Server(spool))).contains("BINARYMIME");
        assertThat(keywords(new Server(spool).off(Extension.CHUNKING))).doesNotContain("BINARYMIME");
        assertThat(keywords(new Server(spool).off(Extension.EIGHT_BIT_MIME))).doesNotContain("BINARYMIME");
    }

    @Test
    void offersSmtpUtf8WithEightBitMimeAlone() {
        Server seven = new Server(spool).off(Extension.EIGHT_BIT_MIME);
        assertThat(keywords(seven)).doesNotContain("SMTPUTF8");
        assertThat(seven.talk().ehlo().say("MAIL FROM:<> SMTPUTF8")).isEqualTo("555 5.5.4 Parameter not recognised");
        assertThat(seven.talk().ehlo().say("MAIL FROM:<é@example.net>")).startsWith("553 5.6.7");
    }

    @Test
    void offersStartTlsInPlainTextAndRequireTlsInside() {
        assertThat(server.talk().greeted().sayAll("EHLO a")).contains("250 STARTTLS")
                .noneMatch(l -> l.contains("REQUIRE"));
        assertThat(server.talk().inTls().greeted().sayAll("EHLO a")).contains("250 REQUIRETLS")
                .noneMatch(l -> l.contains("STARTTLS"));
        assertThat(server.talk().withoutTls().greeted().sayAll("EHLO a")).noneMatch(l -> l.contains("STARTTLS"));
        assertThat(server.startTls(StartTlsPolicy.DISABLED).talk().greeted().sayAll("EHLO a"))
                .noneMatch(l -> l.contains("STARTTLS"));
    }

    @Test
    void sizeTellsTheLimit() {
        assertThat(keywords(server.limits(Limits.of(limits -> limits.maxMessageSize = 1L << 40))))
                .contains("SIZE 1099511627776");
    }

    private static List<String> keywords(Server server) {
        return server.talk().inTls().greeted().sayAll("EHLO a").stream().map(line -> line.substring(4)).toList();
    }
}
