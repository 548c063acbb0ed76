package io.smtpra.ra.outbound.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MessageOctetsTest {

    private static final Session SESSION = Session.getInstance(new Properties());

    @Test
    void whatAMailNeedsIsAddedAndTheMessageStaysAsItWas() throws Exception {
        MimeMessage message = message("hello");
        List<String> before = headers(message);

        String octets = octets(message);

        assertThat(octets).containsPattern("(?m)^Date: \\w{3}, ")
                .contains("Message-ID: <ID-1@example.com>\r\n", "MIME-Version: 1.0\r\n", "Content-Type: text/plain");
        assertThat(headers(message)).isEqualTo(before);
    }

    @Test
    void whatIsThereIsNotAddedASecondTime() throws Exception {
        MimeMessage message = message("hello");
        message.setHeader("Message-ID", "<mine@example.com>");
        message.setHeader("Date", "Tue, 24 Nov 2026 03:00:00 +0000");

        String octets = octets(message);

        assertThat(octets).contains("Message-ID: <mine@example.com>\r\n", "Date: Tue, 24 Nov 2026 03:00:00 +0000\r\n");
    }

    @Test
    void blindCopiesAreNotTold() throws Exception {
        MimeMessage message = message("hello");
        message.setRecipients(Message.RecipientType.BCC, "secret@example.org");

        assertThat(octets(message)).doesNotContain("secret").doesNotContain("Bcc");
        assertThat(message.getRecipients(Message.RecipientType.BCC)).hasSize(1);

        message.saveChanges();
        assertThat(octets(message)).doesNotContain("secret").doesNotContain("Bcc");
    }

    @Test
    void aReadMessageIsPassedOnOctetForOctet() throws Exception {
        String original = "Message-ID: <a@b>\r\nDate: Tue, 24 Nov 2026 03:00:00 +0000\r\nSubject: old\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=\r\n";
        MimeMessage message =
                new MimeMessage(SESSION, new ByteArrayInputStream(original.getBytes(StandardCharsets.US_ASCII)));

        assertThat(octets(message)).isEqualTo(original);
    }

    @Test
    void theStructureIsCopiedAndNoPartChanges() throws Exception {
        MimeBodyPart text = new MimeBodyPart();
        text.setText("hällo", "utf-8");
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(new DataHandler(new ByteArrayDataSource(new byte[] {0, 1, 2}, "application/x-test")));
        attachment.setFileName("test.bin");
        MimeBodyPart inner = new MimeBodyPart();
        MimeMultipart alternative = new MimeMultipart("alternative", text);
        inner.setContent(alternative);
        MimeMultipart mixed = new MimeMultipart(inner, attachment);
        MimeMessage message = message("structure");
        message.setContent(mixed);

        String octets = octets(message);

        assertThat(message.getHeader("MIME-Version")).isNull();
        assertThat(text.getHeader("Content-Transfer-Encoding")).isNull();
        assertThat(attachment.getHeader("Content-Transfer-Encoding")).isNull();
        assertThat(inner.getParent()).isSameAs(mixed);
        assertThat(text.getParent()).isSameAs(alternative);

        message.saveChanges();
        assertThat(octets).contains("AAEC", "filename=test.bin", "multipart/alternative", "h=C3=A4llo");
        assertThat(body(octets)).isEqualTo(body(octets(message)));
    }

    @Test
    void aPartThatIsCompleteIsWrittenAsItIs() throws Exception {
        String signed = "Content-Type: text/plain\r\nContent-Transfer-Encoding: 7bit\r\nX-Odd:   kept\r\n"
                + "\r\nsigned \r\n";
        MimeBodyPart part = new MimeBodyPart(new ByteArrayInputStream(signed.getBytes(StandardCharsets.US_ASCII)));
        MimeMultipart multipart = new MimeMultipart(part);
        MimeMessage message = message("signed");
        message.setContent(multipart);

        assertThat(octets(message)).contains(signed);
        assertThat(part.getParent()).isSameAs(multipart);
    }

    @Test
    void anEnclosedMessageThatWasNotSavedIsCopiedToo() throws Exception {
        MimeMessage enclosed = message("enclosed");
        MimeMessage message = message("outer");
        message.setContent(enclosed, "message/rfc822");

        assertThat(octets(message)).contains("Subject: outer", "Content-Type: message/rfc822", "Subject: enclosed");
        assertThat(enclosed.getHeader("MIME-Version")).isNull();
    }

    @Test
    void aMessageOfItsOwnClassIsSavedItsOwnWay() throws Exception {
        MimeMessage message = new MimeMessage(SESSION) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<own@example.com>");
            }
        };
        message.setText("hello");
        assertThat(octets(message)).contains("Message-ID: <own@example.com>");
    }

    @Test
    void aMessageThatIsSavedWhileItIsWrittenHasItsHeadersOnce() throws Exception {
        MimeMessage message = message("hello");
        message.setHeader("MIME-Version", "1.0");
        assertThat(octets(message)).contains("Message-ID: <ID-1@example.com>");
    }

    /** What every mail must have once (RFC 5322 section 3.6) is checked for each. */
    private static String octets(MimeMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Envelope envelope = Envelope.from("sender@example.com").to("to@example.org").build();
        MessageOctets.write(message, "ID-1", envelope, new ContentTypes(), new LineStream() {
            @Override
            public void write(int octet) {
                out.write(octet);
            }
        });
        String octets = out.toString(StandardCharsets.UTF_8);
        String header = octets.substring(0, octets.indexOf("\r\n\r\n") + 2);
        for (String name : List.of("Date", "Message-ID")) {
            assertThat(header.lines().filter(line -> line.startsWith(name + ":"))).as(name).hasSize(1);
        }
        return octets;
    }

    private static MimeMessage message(String text) throws Exception {
        MimeMessage message = new MimeMessage(SESSION);
        message.setFrom("sender@example.com");
        message.setRecipients(Message.RecipientType.TO, "to@example.org");
        message.setSubject(text);
        message.setText(text);
        return message;
    }

    private static String body(String octets) {
        return octets.substring(octets.indexOf("\r\n\r\n"));
    }

    private static List<String> headers(MimeMessage message) throws Exception {
        return Collections.list(message.getAllHeaderLines());
    }
}
