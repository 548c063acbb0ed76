package io.smtpra.mailer;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the parts of a mail lie in each other, and that each is read as what it was. */
class MailStructureTest {

    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 1, 2, (byte) 0xFF};
    static final byte[] PDF = "%PDF-1.7 \n\u00E4".getBytes(StandardCharsets.ISO_8859_1);
    static final String INVITATION = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//example.com//test//EN
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:1@example.com
            DTSTAMP:20261129T010000Z
            DTSTART:20261201T090000Z
            DTEND:20261201T100000Z
            SUMMARY:Übergabe
            ORGANIZER:mailto:a@example.com
            ATTENDEE:mailto:b@example.org
            END:VEVENT
            END:VCALENDAR
            """;

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void partsLieAsMailProgramsExpectThem(MailBuilder mail, String structure) throws Exception {
        assertThat(WrittenMails.structure(mail.build())).isEqualTo(structure);
    }

    static Stream<Arguments> partsLieAsMailProgramsExpectThem() {
        return Stream.of(
                Arguments.of(mail(), "plain"),
                Arguments.of(mail().text("t"), "plain"),
                Arguments.of(mail().html("<p>h"), "alternative(plain html)"),
                Arguments.of(mail().text("t").html("<p>h"), "alternative(plain html)"),
                Arguments.of(mail().html("<img src='cid:logo'>").inline("logo", PNG),
                        "alternative(plain related(html png))"),
                Arguments.of(mail().text("t").attach("a.pdf", PDF, "application/pdf"), "mixed(plain pdf)"),
                Arguments.of(mail().attach("a.pdf", PDF, "application/pdf"), "mixed(plain pdf)"),
                Arguments.of(mail().text("t").calendar(INVITATION), "alternative(plain calendar)"),
                Arguments.of(mail().text("t").html("<img src='cid:a'><img src='cid:b'>")
                                .inline("a", PNG).inline("b", PNG).calendar(INVITATION)
                                .attach("a.pdf", PDF, "application/pdf").attach("b.pdf", PDF, "application/pdf"),
                        "mixed(alternative(plain related(html png png) calendar) pdf pdf)"));
    }

    @Test
    void everyPartIsReadAsItWas() throws Exception {
        MailView view = WrittenMails.view(mail().text("Grüße\n\n  zwei  \n.\nFrom here")
                .html("<p>Grüße <img src='cid:logo'></p>").inline("logo", new ByteArrayInputStream(PNG))
                .calendar(INVITATION).attach("Übersicht \"2026\".pdf", PDF, "application/pdf").build());
        assertThat(view.text()).contains("Grüße\n\n  zwei  \n.\nFrom here\n");
        assertThat(view.html()).contains("<p>Grüße <img src='cid:logo'></p>\n");
        assertThat(view.inlineParts()).hasSize(1);
        MailPart logo = view.inline("logo").orElseThrow();
        assertThat(logo.contentType()).isEqualTo("image/png");
        assertThat(logo.open()).hasBinaryContent(PNG);
        assertThat(view.attachments()).extracting(MailPart::contentType)
                .containsExactly("text/calendar", "application/pdf");
        assertThat(view.attachments().get(0).parameter("method")).contains("REQUEST");
        assertThat(view.attachments().get(0).text()).isEqualTo(INVITATION);
        assertThat(view.attachments().get(1).givenFileName()).contains("Übersicht \"2026\".pdf");
        assertThat(view.attachments().get(1).open()).hasBinaryContent(PDF);
    }

    @Test
    void jakartaMailReadsTheSame() throws Exception {
        Mail mail = mail().cc("Jörg Müller <jm@example.net>").bcc("secret@example.net").subject("Grüße")
                .text("Käse").attach("Übersicht.pdf", PDF, "application/pdf").build();
        MimeMessage message = mail.toMimeMessage();
        assertThat(message.getSubject()).isEqualTo("Grüße");
        assertThat(message.getMessageID()).isEqualTo(mail.messageId());
        assertThat(message.getSentDate()).isEqualTo(mail.date());
        assertThat(message.getRecipients(MimeMessage.RecipientType.CC)[0].toString())
                .contains("<jm@example.net>");
        assertThat(message.getRecipients(MimeMessage.RecipientType.BCC)[0]).hasToString("secret@example.net");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Käse\r\n");
        assertThat(parts.getBodyPart(1).getInputStream()).hasBinaryContent(PDF);
        message.setSubject("changed");
        assertThat(mail.subject()).isEqualTo("Grüße");
    }

    @Test
    void bccDoesNotLeave() throws Exception {
        Mail mail = mail().bcc("secret@example.net").build();
        assertThat(WrittenMails.text(mail)).doesNotContain("secret").doesNotContainIgnoringCase("bcc");
        assertThat(mail.envelope().recipients()).extracting(recipient -> recipient.mailbox().toString())
                .containsExactly("b@example.org", "secret@example.net");
        Mail alone = Mail.from("a@example.com").bcc("secret@example.net").build();
        assertThat(WrittenMails.text(alone)).contains("\r\nTo: undisclosed-recipients:;\r\n").doesNotContain("secret");
    }

    @Test
    void htmlAloneHasItsWordsAsText() throws Exception {
        Mail mail = mail().html("<h1>Hi</h1><p>Click <a class=x href=\"https://example.com/?a=1&amp;b=2\">here</a>, or"
                + " <a href='https://example.com/'>https://example.com/</a>, or"
                + " <a href='mailto:help@example.com?subject=x'>help@example.com</a>.").build();
        assertThat(mail.text()).isEqualTo("Hi\n\nClick here (https://example.com/?a=1&b=2), or https://example.com/,"
                + " or help@example.com.\n");
    }

    @Test
    void aFileIsReadWhileTheMailLeavesAndItsLengthIsKnown(@TempDir Path directory) throws Exception {
        for (int size : new int[] {0, 1, 56, 57, 58, 114, 7_979, 7_980, 7_981, 100_000}) {
            Path file = Files.write(directory.resolve("data.csv"), new byte[size]);
            Mail mail = mail().text("t").attach(file).build();
            byte[] octets = ArrivedMail.octets(mail.content());
            assertThat(mail.content().length()).hasValue(octets.length);
            assertThat(ArrivedMail.octets(mail.content())).isEqualTo(octets);
            MailPart part = WrittenMails.view(mail).attachments().get(0);
            assertThat(part.contentType()).isEqualTo("text/csv");
            assertThat(part.open()).hasBinaryContent(new byte[size]);
        }
    }

    @Test
    void aMailIsAttachedOctetForOctet() throws Exception {
        String original = "Subject: inner\n\nK\u00E4se\n--x\n";
        Mail mail = mail().text("see below").attach(new ArrivedMail(original, "b@example.org")).build();
        assertThat(WrittenMails.structure(mail)).isEqualTo("mixed(plain rfc822)");
        MailPart part = WrittenMails.view(mail).attachments().get(0);
        assertThat(part.fileName()).isEqualTo("inner.eml");
        assertThat(part.openEncoded()).hasContent(original.replace("\n", "\r\n"));
        assertThat(WrittenMails.text(mail)).contains("Content-Transfer-Encoding: 8bit\r\n\r\n--=_");
    }

    private static MailBuilder mail() {
        return Mail.from("a@example.com").to("b@example.org").subject("s");
    }
}
