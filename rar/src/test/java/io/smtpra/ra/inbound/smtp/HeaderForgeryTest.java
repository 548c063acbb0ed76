package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.AddressSyntax;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says of itself and its recipients stands in our own {@code Received:} header, which others believe. */
class HeaderForgeryTest {

    @TempDir
    private Path spool;

    @ParameterizedTest
    @ValueSource(strings = {"EHLO a\rX-Evil: 1", "EHLO a\0", "EHLO \u2028", "EHLO", "HELO \t"})
    void nameIsNone(String hello) {
        assertThat(new Server(spool).talk().greeted().say(hello)).startsWith("50");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "EHLO a (trusted.example.com [192.0.2.9])       | a",
        "EHLO a;b                                       | a?b",
        "EHLO a\u0085b                                  | a?b",
        "EHLO (a                                        | ?a",
        "EHLO a)                                        | a?",
        "EHLO a\\                                       | a?",
        "EHLO \"a\"                                     | ?a?",
        "EHLO a\tb                                      | a",
        "HELO a by trusted.example.com                  | a",
        "HELO a;\tThu,                                  | a?",
        "HELO [192.0.2.9]) by x ([192.0.2.9]            | ?192.0.2.9??",
        "EHLO [192.0.2.9] ([192.0.2.9])                 | [192.0.2.9]",
        "EHLO [[192.0.2.9]]                             | ??192.0.2.9??",
        "EHLO M\u00dcLLER-PC                            | M?LLER-PC",
        "EHLO \ud83d\ude00                              | ?",
        "EHLO a\u2028b                                  | a?b"})
    void nameIsOneHarmlessWord(String hello, String inHeader) {
        Server server = new Server(spool);
        Conversation conversation = server.talk().greeted();
        assertThat(conversation.sayAll(hello)).allMatch(line -> line.startsWith("250"));
        conversation.run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.content()).startsWith("Received: from " + inHeader
                + " ([192.0.2.7])\r\n\tby mx.example.com with ");
    }

    @Test
    void recipientCannotEndItsHeader() {
        for (AddressSyntax syntax : AddressSyntax.values()) {
            recipientCannotEndItsHeader(new Server(spool).addressSyntax(syntax));
        }
    }

    private static void recipientCannotEndItsHeader(Server server) {
        server.talk().ehlo().run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<"u>; x y"@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.content()).isEqualTo("Received: from client.example.net ([192.0.2.7])\r\n"
                + "\tby mx.example.com with ESMTP\r\n\tid M1\r\n\tfor <\"u>; x y\"@example.com>;\r\n"
                + "\tTue, 24 Nov 2026 03:04:05 +0000\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"u\r\nX-Evil: 1\"", "\"u\nX-Evil: 1\"", "\"u\rX-Evil: 1\"", "\"u\0\"", "\"u\u0085x\"", "u\0.", "u.\u0085",
                "\"u\tx\"",
    })
    void recipientHasNoControlCharacters(String localPart) {
        for (AddressSyntax syntax : AddressSyntax.values()) {
            for (String form : new String[] {"<%s@example.com>", "%s@example.com", "<u@example.com%s>",
                    "u@%s.example.com"}) {
                Server server = new Server(spool).addressSyntax(syntax);
                Conversation conversation = server.talk().ehlo();
                conversation.say("MAIL FROM:<> SMTPUTF8");
                conversation.send(("RCPT TO:" + form.formatted(localPart) + "\r\n").getBytes(StandardCharsets.UTF_8));
                assertThat(conversation.sayAll("DATA")).first().asString().startsWith("50");
                assertThat(server.asked()).isEmpty();
            }
        }
    }
}
