package io.smtpra.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.SmtpException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageEnvelopeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            From: a@example.com;To: b@example.org | a@example.com | b@example.org
            From: A <a@example.com>;To: "B, C" <b@example.org> | a@example.com | b@example.org
            From: a@example.com, x@example.com;Sender: s@example.com;To: b@example.org | s@example.com | b@example.org
            From: a@example.com, x@example.com;To: b@example.org | a@example.com | b@example.org
            From: a@example.com;To: b@a.test;Cc: c@a.test;Bcc: d@a.test | a@example.com | b@a.test c@a.test d@a.test
            From: a@example.com;Bcc: d@example.org | a@example.com | d@example.org
            From: a@example.com;To: b@example.org, b@example.org;Cc: b@example.org | a@example.com | b@example.org
            From: a@example.com;To: all: b@example.org, c@example.org\\; | a@example.com | b@example.org c@example.org
            """)
    void theHeadersTellTheEnvelope(String headers, String sender, String recipients) throws Exception {
        Envelope envelope = MessageEnvelope.of(message(headers));

        assertThat(envelope.reversePath()).map(Mailbox::toString).contains(sender);
        assertThat(envelope.recipients()).extracting(recipient -> recipient.mailbox().toString())
                .containsExactly(recipients.split(" "));
        assertThat(envelope.smtpUtf8()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            To: b@example.org                                  | neither Sender nor From
            From: a@example.com                                | neither To, nor Cc, nor Bcc
            From: a@example.com;To: undisclosed-recipients:\\; | neither To, nor Cc, nor Bcc
            From: a@example.com;To: nobody                     | @
            From: a@exa mple.com;To: b@example.org             | domain
            From: a@example.com;To: b@exa$mple.org            | domain
            """)
    void headersThatTellNoneAreRefused(String headers, String expected) {
        assertThatThrownBy(() -> MessageEnvelope.of(message(headers)))
                .isInstanceOf(SmtpException.class)
                .hasMessageContaining(expected)
                .satisfies(e -> assertThat(((SmtpException) e).isRetryable()).isFalse());
    }

    /** As an application sets them, and as a mail has them that came in. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            b@bücher.example      | b@xn--bcher-kva.example      | false
            b@faß.de              | b@xn--fa-hia.de              | false
            B <b@BÜCHER.example>  | b@xn--bcher-kva.example      | false
            b@例え.テスト         | b@xn--r8jz45g.xn--zckzah     | false
            jürgen@example.org    | jürgen@example.org           | true
            jürgen@bücher.example | jürgen@xn--bcher-kva.example | true
            b.@docomo.example     | "b."@docomo.example          | false
            b..c@docomo.example   | "b..c"@docomo.example        | false
            "b."@docomo.example   | "b."@docomo.example          | false
            b@ex_ample.org        | b@ex_ample.org               | false
            """)
    void aLocalPartAloneNeedsTheExtension(String to, String recipient, boolean smtpUtf8) throws Exception {
        MimeMessage made = message("From: a@example.com");
        made.setHeader("To", to);

        for (MimeMessage message : List.of(made, message("From: a@example.com;To: " + to))) {
            Envelope envelope = MessageEnvelope.of(message);

            assertThat(envelope.recipients().get(0).mailbox()).hasToString(recipient);
            assertThat(envelope.smtpUtf8()).isEqualTo(smtpUtf8);
        }
    }

    @Test
    void aSenderOfAnotherScriptNeedsTheExtensionToo() throws Exception {
        assertThat(MessageEnvelope.of(message("From: jürgen@example.com;To: b@example.org")).smtpUtf8()).isTrue();
        assertThat(MessageEnvelope.of(message("From: j@bücher.example;To: b@example.org")).smtpUtf8()).isFalse();
    }

    private static MimeMessage message(String headers) throws Exception {
        String text = headers.replaceAll("(?<!\\\\);", "\r\n").replace("\\;", ";") + "\r\n\r\nbody\r\n";
        return new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
