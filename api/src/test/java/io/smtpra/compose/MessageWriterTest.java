package io.smtpra.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class MessageWriterTest {

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

    @Test
    void aMailThatCameInGoesOnOctetForOctet() throws Exception {
        for (String utf8 : List.of("false", "true")) {
            byte[] came = came();
            MimeMessage message = read(came, utf8);

            assertThat(written(message)).isEqualTo(came);

            // A bean has looked at it.
            ((MimeMultipart) message.getContent()).getBodyPart(0).getContent();
            assertThat(written(message)).isEqualTo(came);

            message.addHeader("X-Checked", "yes");
            assertThat(latin1(written(message)))
                    .isEqualTo(latin1(came).replace("Content-Type: multipart/mixed; boundary=b\r\n",
                            "Content-Type: multipart/mixed; boundary=b\r\nX-Checked: yes\r\n"));
        }
    }

    @Test
    void aHeaderInLatin1GoesOnToo() throws Exception {
        byte[] came = latin1("""
                From: a@example.com
                Date: Tue, 24 Nov 2026 03:00:00 +0000
                Message-ID: <1@example.com>
                Subject: Gr\u00fc\u00dfe vom Drucker

                Gr\u00fc\u00dfe
                """.replace("\n", "\r\n"));

        assertThat(written(read(came, "false"))).isEqualTo(came);
    }

    @Test
    void partsOfAMailThatCameInKeepTheirHeaders() throws Exception {
        MimeMessage read = read(came(), "false");
        MimeMessage message = message("forwarded");
        message.setContent(new MimeMultipart(((MimeMultipart) read.getContent()).getBodyPart(0)));
        assertThat(octets(message)).contains("Content-Description: Grüße\r\n");

        ((MimeMultipart) read.getContent()).getBodyPart(1).setText("changed");
        assertThat(new String(written(read), StandardCharsets.UTF_8))
                .contains("Subject: Grüße\r\n", "Content-Description: Grüße\r\n", "changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\r\nBcc: victim@example.net\r\n\r\nbody", "1\nBcc: victim@example.net",
        "1\rBcc: a@b.test", "1\r\n", "1\n", "1\r\n\r\n body", "a\r\n folded\r\nBcc: victim@example.net"})
    void aHeaderThatWouldBecomeSeveralIsRefused(String value) throws Exception {
        MimeMessage message = message("hello");
        message.setHeader("X-Ref", value);
        MimeMessage withPart = message("hello");
        MimeBodyPart part = new MimeBodyPart();
        part.setText("hello");
        part.setHeader("X-Ref", value);
        withPart.setContent(new MimeMultipart(part));
        MimeMessage saved = message("hello");
        saved.saveChanges();
        saved.setHeader("X-Ref", value);

        for (MimeMessage refused : List.of(message, withPart, saved)) {
            assertThatThrownBy(() -> octets(refused)).isInstanceOf(BrokenHeaderException.class)
                    .hasMessageContaining("The header X-Ref holds a line break").hasMessageNotContaining("victim");
        }
    }

    /** Jakarta Mail folds a subject at its line breaks. */
    @Test
    void aSubjectBecomesNoOtherHeader() throws Exception {
        assertThat(octets(message("a\r\nBcc: victim@example.net")))
                .contains("Subject: a\r\n Bcc: victim@example.net\r\n");
    }

    @Test
    void namesOfHeadersAndFilesBecomeNoOtherHeaderEither() throws Exception {
        MimeMessage name = message("a");
        name.addHeader("X-A: 1\r\nBcc", "victim@example.net");
        MimeMessage fileName = message("a");
        MimeBodyPart part = new MimeBodyPart();
        part.setText("hello");
        part.setFileName("a\r\nContent-Type: text/html");
        fileName.setContent(new MimeMultipart(part));

        for (MimeMessage refused : List.of(name, fileName)) {
            assertThatThrownBy(() -> octets(refused)).isInstanceOf(BrokenHeaderException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            b@bücher.example                                | b@xn--bcher-kva.example
            B <b@bücher.example>, c@faß.de                  | B <b@xn--bcher-kva.example>, c@xn--fa-hia.de
            all: b@bücher.example, c@example.org;           | all: b@xn--bcher-kva.example, c@example.org;
            "at@bücher" <b@bücher.example>                  | "at@bücher" <b@xn--bcher-kva.example>
            "a \\" b@ü" <b@bücher.example> (c@bücher.example) | "a \\" b@ü" <b@xn--bcher-kva.example> (c@bücher.example)
            jürgen@bücher.example                           | jürgen@xn--bcher-kva.example
            b@[192.0.2.1], c@ü..example                     | b@[192.0.2.1], c@ü..example
            """)
    void domainsOfAddressesAreInAscii(String to, String expected) throws Exception {
        MimeMessage message = message("hello");
        message.setHeader("To", to);
        message.setHeader("X-To", to);

        assertThat(octets(message)).contains("\r\nTo: " + expected + "\r\n", "\r\nX-To: " + to + "\r\n");

        message.setHeader("DKIM-Signature", "v=1");
        assertThat(octets(message)).contains("\r\nTo: " + to + "\r\n");
    }

    @Test
    void theIdThatIsGivenIsInAscii() throws Exception {
        MimeMessage message = message("hello");
        Envelope envelope = Envelope.from("a@straße.de").to("b@example.org").build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MessageWriter().write(message, "ID-1", envelope, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Message-ID: <ID-1@xn--strae-oqa.de>\r\n");

        // A report has no reverse-path.
        Envelope ofNobody = Envelope.from("").to("b@example.org").build();
        new MessageWriter().write(message, "ID-2", ofNobody, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Message-ID: <ID-2@example.com>\r\n");
    }

    @Test
    void aFoldedHeaderStaysFolded() throws Exception {
        MimeMessage message = message("hello");
        message.setHeader("X-Ref", "one\r\n two\r\n\tthree");
        assertThat(octets(message)).contains("X-Ref: one\r\n two\r\n\tthree\r\n");
    }

    /** Jakarta Mail looks for its content handlers by the thread's loader, which may be none or find none. */
    @Test
    void aThreadWithoutALoaderWritesTheSame() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        for (ClassLoader loader : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
            MimeMessage message = message("hello");
            MimeBodyPart text = new MimeBodyPart();
            text.setText("grüße", "utf-8");
            MimeBodyPart xml = new MimeBodyPart();
            xml.setContent(new DOMSource(DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<a/>")))), "text/xml");
            message.setContent(new MimeMultipart(text, xml));
            String octets;
            thread.setContextClassLoader(loader);
            try {
                octets = octets(message);
                assertThat(thread.getContextClassLoader()).isSameAs(loader);
            } finally {
                thread.setContextClassLoader(own);
            }
            assertThat(octets).contains("Z3LDvMOfZQ==", "<a/>");
        }
    }

    @Test
    void aMessageWithoutContentIsNotWritten() {
        assertThatThrownBy(() -> octets(new MimeMessage(SESSION))).isInstanceOf(MessagingException.class);
    }

    private static byte[] came() {
        return """
                Received: from x
                From: a@example.com
                Date: Tue, 24 Nov 2026 03:00:00 +0000
                Message-ID: <1@example.com>
                Subject: Grüße
                Content-Type: multipart/mixed; boundary=b

                preamble ü
                --b  \s
                Content-Description: Grüße

                ä\u0000
                --b

                --b--
                epilogue ü
                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static MimeMessage read(byte[] octets, String utf8) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", utf8);
        return new MimeMessage(Session.getInstance(properties), new ByteArrayInputStream(octets));
    }

    private static byte[] written(MimeMessage message) throws Exception {
        return latin1(octets(message, StandardCharsets.ISO_8859_1));
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What every mail must have once (RFC 5322 section 3.6) is checked for each. */
    private static String octets(MimeMessage message) throws Exception {
        return octets(message, StandardCharsets.UTF_8);
    }

    private static String octets(MimeMessage message, Charset charset) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Envelope envelope = Envelope.from("sender@example.com").to("to@example.org").build();
        new MessageWriter().write(message, "ID-1", envelope, out);
        String octets = out.toString(charset);
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
