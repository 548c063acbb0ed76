package io.smtpra.ra.outbound.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.SmtpException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
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
            From: a@exa_mple.com;To: b@example.org             | Domain
            """)
    void headersThatTellNoneAreRefused(String headers, String expected) {
        assertThatThrownBy(() -> MessageEnvelope.of(message(headers)))
                .isInstanceOf(SmtpException.class)
                .hasMessageContaining(expected)
                .satisfies(e -> assertThat(((SmtpException) e).isRetryable()).isFalse());
    }

    @Test
    void aDomainOfAnotherScriptNeedsNoExtension() throws Exception {
        MimeMessage message = message("From: a@example.com");
        message.setRecipients(MimeMessage.RecipientType.TO, "b@bücher.example");
        Envelope envelope = MessageEnvelope.of(message);

        assertThat(envelope.recipients().get(0).mailbox()).hasToString("b@xn--bcher-kva.example");
        assertThat(envelope.smtpUtf8()).isFalse();
    }

    @Test
    void aLocalPartOfAnotherScriptNeedsTheExtension() throws Exception {
        MimeMessage message = message("From: a@example.com");
        message.setRecipients(MimeMessage.RecipientType.TO, "jürgen@example.org");

        assertThat(MessageEnvelope.of(message).smtpUtf8()).isTrue();
    }

    private static MimeMessage message(String headers) throws Exception {
        String text = headers.replaceAll("(?<!\\\\);", "\r\n").replace("\\;", ";") + "\r\n\r\nbody\r\n";
        return new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
