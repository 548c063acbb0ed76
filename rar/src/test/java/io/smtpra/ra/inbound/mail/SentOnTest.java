package io.smtpra.ra.inbound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.mail.MailLimits;
import io.smtpra.mail.MailView;
import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.OwnMailStore;
import io.smtpra.ra.outbound.form.HeldContents;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A mail as a bean has it, handed to a connection. */
class SentOnTest {

    private static final byte[] CAME = """
            Received: from x
            From: =?utf-8?Q?J=C3=BCrgen?= <a@example.com>
            Date: Tue, 24 Nov 2026 03:00:00 +0000
            Message-ID: <1@example.com>
            Subject: Gr\u00c3\u00bc\u00c3\u009fe
            X-Latin: Gr\u00fc\u00dfe
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            preamble
            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit
            Content-Description: Gr\u00c3\u00bc\u00c3\u009fe

            Gr\u00c3\u00bc\u00c3\u009fe
            --b
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64

            AAEC
            AwQF
            --b--
            epilogue
            """.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);

    private final HeldContents contents = new HeldContents(new OwnMailStore());

    @Test
    void leavesOctetForOctet() throws Exception {
        MimeMessage message = received(CAME);
        assertThat(sent(message)).isEqualTo(latin1(CAME));

        // A bean has looked at it.
        assertThat(message.getSubject()).isEqualTo("Grüße");
        assertThat(((MimeMultipart) message.getContent()).getBodyPart(0).getContent()).isEqualTo("Grüße");
        assertThat(sent(message)).isEqualTo(latin1(CAME));
    }

    @Test
    void leavesOctetForOctetWithAHeaderMore() throws Exception {
        MimeMessage message = received(CAME);
        message.addHeader("X-Checked", "ja, gründlich");

        assertThat(sent(message)).isEqualTo(latin1(CAME).replace("boundary=b\r\n",
                "boundary=b\r\nX-Checked: ja, gr\u00c3\u00bcndlich\r\n"));
    }

    @Test
    void withoutTypeOrVersionItKeepsItsId() throws Exception {
        for (String mime : new String[] {"", "MIME-Version: 1.0\r\n", "Content-Type: text/plain\r\n"}) {
            byte[] came = ("From: a@example.com\r\nDate: Tue, 24 Nov 2026 03:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n"
                    + mime + "\r\nhello\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThat(sent(received(came))).isEqualTo(latin1(came));
        }
    }

    @Test
    void lackingAnIdItIsGivenOne() throws Exception {
        byte[] came = "From: a@example.com\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(sent(received(came))).startsWith("Date: ").contains("\r\nMessage-ID: <ID-1@example.org>\r\n")
                .endsWith("\r\n" + latin1(came));
    }

    @Test
    void leavesWithTheTextThatABeanHasPutIn() throws Exception {
        MimeMessage message = received(CAME);
        message.setText("anders: ü", "utf-8");

        assertThat(sent(message)).contains("Subject: Gr\u00c3\u00bc\u00c3\u009fe\r\n",
                "Content-Type: text/plain; charset=utf-8\r\n", "Content-Transfer-Encoding: quoted-printable\r\n")
                .endsWith("\r\n\r\nanders: =C3=BC");
    }

    @Test
    void leavesWithThePartThatABeanHasChanged() throws Exception {
        MimeMessage message = received(CAME);
        ((MimeMultipart) message.getContent()).getBodyPart(0).setText("anders");

        assertThat(sent(message)).contains("--b\r\nContent-Type: text/plain; charset=us-ascii\r\n",
                "Content-Transfer-Encoding: 7bit\r\n", "\r\n\r\nanders\r\n--b\r\n", "AAEC\r\nAwQF\r\n");
    }

    @Test
    void itsPartsGoIntoAnotherMessageAsTheyCame() throws Exception {
        MimeMultipart came = (MimeMultipart) received(CAME).getContent();
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        MimeBodyPart enclosed = new MimeBodyPart();
        enclosed.setContent(received(CAME), "message/rfc822");
        message.setContent(new MimeMultipart(came.getBodyPart(0), came.getBodyPart(1), enclosed));

        assertThat(sent(message)).contains("Content-Description: Gr\u00c3\u00bc\u00c3\u009fe\r\n\r\n"
                + "Gr\u00c3\u00bc\u00c3\u009fe\r\n", "base64\r\n\r\nAAEC\r\nAwQF\r\n", latin1(CAME));
    }

    private String sent(MimeMessage message) throws Exception {
        Envelope envelope = Envelope.from("sender@example.org").to("to@example.org").build();
        try (Content content = contents.take(message, "ID-1", envelope); InputStream in = content.open()) {
            return latin1(in.readAllBytes());
        }
    }

    private static MimeMessage received(byte[] octets) throws Exception {
        MailView view = MailView.of(MailContent.of(octets));
        return new MailParser("mx.example.org", new MailLimits(100, 1_000, 100_000, 1_000)).message(view);
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
