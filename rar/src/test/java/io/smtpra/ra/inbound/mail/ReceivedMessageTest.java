package io.smtpra.ra.inbound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.mail.MailLimits;
import io.smtpra.mail.MailView;
import io.smtpra.ra.message.Content;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bean does with a Jakarta Mail message that has arrived. */
class ReceivedMessageTest {

    private final List<Content> contents = new ArrayList<>();

    @TempDir
    private Path spool;

    @AfterEach
    void close() {
        contents.forEach(Content::close);
    }

    @Test
    void addressesAreThoseThatThereAre() throws Exception {
        MimeMessage message = corpus("from-with-angle-brackets-in-the-name");
        assertThat(message.getFrom()).containsExactly(new InternetAddress("a@example.com", "A >> B"));
        assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("A >> B");
        assertThat(corpus("to-without-commas").getRecipients(Message.RecipientType.TO)).hasSize(2);
        assertThat(corpus("to-undisclosed").getAllRecipients()).isNull();
        assertThat(corpus("from-empty").getFrom()).containsExactly(new InternetAddress("c@example.org"));
    }

    @Test
    void headersAreCharactersAndNotOctets() throws Exception {
        assertThat(corpus("header-utf8").getSubject()).isEqualTo("Grüße aus Zürich – 東京");
        assertThat(corpus("header-utf8").getHeader("Subject", null)).isEqualTo("Grüße aus Zürich – 東京");
        assertThat(corpus("header-latin1").getSubject()).isEqualTo("Grüße");
    }

    /** The same characters in one mail, in two charsets: each leaves in its own, whatever is added. */
    @Test
    void eachHeaderKeepsItsOwnOctets() throws Exception {
        MimeMessage message = corpus("header-utf8-and-latin1");
        message.setHeader("X-New", "Jörg");
        message.removeHeader("Date");
        assertThat(written(message)).contains("X-Utf8: J\u00C3\u00B6rg\r\n", "X-Latin1: J\u00F6rg\r\n",
                "X-New: J\u00C3\u00B6rg\r\n").doesNotContain("Date:");
        assertThat(message.getSentDate()).isNull();
    }

    @Test
    void whatABeanSetsIsWhatItGets() throws Exception {
        MimeMessage message = corpus("header-latin1");
        message.setSubject("new");
        message.setFrom("b@example.com");
        assertThat(message.getSubject()).isEqualTo("new");
        assertThat(message.getFrom()).containsExactly(new InternetAddress("b@example.com"));
    }

    @Test
    void savingItKeepsItsBody() throws Exception {
        byte[] octets = Corpus.octets("signed");
        MimeMessage message = message(octets);
        message.setSubject("new");
        message.saveChanges();
        String before = text(octets);
        assertThat(written(message)).contains("Subject: new\r\n").contains("MIME-Version: 1.0\r\n")
                .endsWith(before.substring(before.indexOf("\r\n\r\n")));
    }

    @Test
    void anAttachmentCanBeTakenOut() throws Exception {
        MimeMessage message = corpus("attachment");
        ((Multipart) message.getContent()).removeBodyPart(1);
        message.saveChanges();
        String written = written(message);
        assertThat(written).contains("Content-Type: text/plain; charset=utf-8\r\n\r\nHello.\r\n")
                .doesNotContain("application/pdf").endsWith("--b1--\r\n");
        assertThat(view(written).attachments()).isEmpty();
        assertThat(view(written).text()).contains("Hello.\n");
    }

    @Test
    void whatStandsBeforeThePartsStays() throws Exception {
        MimeMessage message = corpus("multipart-with-preamble-and-epilogue");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getPreamble()).isEqualTo("Not for people.\r\n");
        parts.getBodyPart(0).setHeader("X-Seen", "yes");
        assertThat(written(message)).contains("\r\n\r\nNot for people.\r\n--b1\r\n").contains("X-Seen: yes");
    }

    @Test
    void anAttachmentCanBeAdded() throws Exception {
        MimeMessage message = corpus("alternative-with-related");
        MimeBodyPart added = new MimeBodyPart();
        added.setText("Überraschung", "utf-8");
        added.setFileName("added.txt");
        ((MimeMultipart) message.getContent()).addBodyPart(added);
        message.saveChanges();
        MailView view = view(written(message));
        assertThat(view.html().orElseThrow()).contains("<p>Hello.");
        assertThat(view.inline("logo@example.org")).isPresent();
        assertThat(view.attachment("added.txt").orElseThrow().text()).isEqualTo("Überraschung");
    }

    @Test
    void anotherContentCanBePutIn() throws Exception {
        MimeMessage message = corpus("header-utf8");
        message.setText("Überraschung", "utf-8");
        message.saveChanges();
        String written = written(message);
        assertThat(written).contains("From: J\u00C3\u00B6rg M\u00C3\u00BCller <joerg@example.org>\r\n");
        assertThat(view(written).text()).contains("Überraschung");
        assertThat(message.getContent()).isEqualTo("Überraschung");
    }

    @Test
    void aPartOfItCanBeSentInAnotherMessage() throws Exception {
        MimeMessage message = corpus("attachment-name-raw-utf8");
        MimeMessage other = new MimeMessage(message.getSession());
        other.setContent(new MimeMultipart(((Multipart) message.getContent()).getBodyPart(1)));
        other.saveChanges();
        assertThat(view(written(other)).attachment("Übersicht.pdf").orElseThrow().size()).isEqualTo(15);
    }

    @Test
    void aForwardedMessageIsAMessage() throws Exception {
        Multipart parts = (Multipart) corpus("forwarded").getContent();
        MimeMessage inner = (MimeMessage) parts.getBodyPart(1).getContent();
        assertThat(inner.getSubject()).isEqualTo("the first");
        assertThat(((Multipart) inner.getContent()).getBodyPart(1).getFileName()).isEqualTo("report.pdf");
    }

    /** More header than the limit: what lies past it is not looked at, and not lost. */
    @Test
    void aHeaderPastTheLimitIsWrittenWhole() throws Exception {
        StringBuilder header = new StringBuilder("Subject: long\r\n");
        for (int i = 0; i < 10_000; i++) {
            header.append("X-").append(i).append(": ").append("x".repeat(200)).append("\r\n");
        }
        String mail = header + "\r\nHello.\r\n";
        MimeMessage message = message(mail.getBytes(StandardCharsets.US_ASCII));
        assertThat(message.getHeader("X-9999")).isNull();
        assertThat(written(message)).isEqualTo(mail);
        message.addHeader("X-New", "new");
        assertThat(written(message)).isEqualTo(header + "X-New: new\r\n\r\nHello.\r\n");
    }

    @Test
    void noSystemPropertyChangesIt() throws Exception {
        // each of these makes Jakarta Mail stricter; what it reads once, it has read by now or reads here
        List<String> properties = List.of("mail.mime.multipart.ignoremissingendboundary",
                "mail.mime.multipart.ignoremissingboundaryparameter", "mail.mime.base64.ignoreerrors",
                "mail.mime.ignoreunknownencoding", "mail.mime.decodefilename", "mail.mime.decodeparameters");
        List<String> strict = List.of("mail.mime.parameters.strict", "mail.mime.decodetext.strict",
                "mail.mime.address.strict", "mail.mime.multipart.ignoreexistingboundaryparameter");
        try {
            properties.forEach(name -> System.setProperty(name, "false"));
            strict.forEach(name -> System.setProperty(name, "true"));
            for (String name : List.of("multipart-without-end", "multipart-boundary-not-named")) {
                assertThat(((Multipart) corpus(name).getContent()).getBodyPart(1).getFileName())
                        .isEqualTo("report.pdf");
            }
            assertThat(corpus("text-base64-garbage").getContent()).isEqualTo("Grüße\r\nJane");
            assertThat(corpus("text-8bits").getContent()).isEqualTo("Grüße\r\n");
        } finally {
            properties.forEach(System::clearProperty);
            strict.forEach(System::clearProperty);
        }
    }

    private MimeMessage corpus(String name) throws Exception {
        return message(Corpus.octets(name));
    }

    private MimeMessage message(byte[] octets) throws Exception {
        MailParser parser = new MailParser("mx.example.com", MailLimits.DEFAULT);
        return parser.message(parser.view(content(octets)));
    }

    private MailView view(String octets) throws IOException {
        return MailView.of(content(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private ExpiringContent content(byte[] octets) throws IOException {
        Content content = Corpus.Way.MEMORY.content(octets, spool);
        contents.add(content);
        return new ExpiringContent(content);
    }

    private static String written(MimeMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return text(out.toByteArray());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
