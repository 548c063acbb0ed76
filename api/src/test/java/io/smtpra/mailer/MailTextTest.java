package io.smtpra.mailer;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in headers and bodies, on their way there and back. */
class MailTextTest {

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(200).withChars(' ', '\t', '=', '?', '_', '.', '"', '\\', 'ä', 'F')
                        .withCharRange('a', 'z'),
                Arbitraries.strings().ofMaxLength(300).withCharRange('\u0400', '\u04FF'),
                Arbitraries.strings().ofMaxLength(100).withCharRange(' ', '~').map(text -> text + "\uD83D\uDE00"),
                Arbitraries.strings().ofMaxLength(998).withCharRange('!', '~'));
    }

    @Property(tries = 400)
    void subjectsComeBack(@ForAll("lines") String text) throws Exception {
        String subject = text.replace("\t", "").strip();
        Mail mail = mail().subject(subject).build();
        checkOctets(mail);
        assertThat(WrittenMails.view(mail).subject()).isEqualTo(subject);
        assertThat(mail.toMimeMessage().getSubject()).isEqualTo(subject.isEmpty() ? null : subject);
    }

    @Property(tries = 400)
    void namesComeBack(@ForAll("lines") String text) throws Exception {
        String name = text.replace("\t", "").strip();
        name = name.codePoints().limit(100)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()
                // the view takes commas at the ends of names for those between addresses, and 'A name' as some programs
                // write it for the name alone
                .replaceAll("^[,;'\\s]+|[,;'\\s]+$", "");
        MailAddress address = new MailAddress(name, "c@example.net");
        Mail mail = mail().to(List.of(address, address)).build();
        checkOctets(mail);
        assertThat(WrittenMails.view(mail).to()).endsWith(address, address).hasSize(3);
        MimeMessage message = mail.toMimeMessage();
        InternetAddress read = (InternetAddress) message.getRecipients(MimeMessage.RecipientType.TO)[1];
        assertThat(read.getAddress()).isEqualTo("c@example.net");
        assertThat(read.getPersonal() == null ? "" : read.getPersonal()).isEqualTo(name);
    }

    @Property(tries = 400)
    void textsComeBack(@ForAll("lines") String first, @ForAll("lines") String second) throws Exception {
        String text = first + "\n" + second + "\nFrom me\n. \n";
        Mail mail = mail().text(text).build();
        checkOctets(mail);
        assertThat(WrittenMails.view(mail).text()).contains(text);
        assertThat(mail.toMimeMessage().getContent()).isEqualTo(text.replace("\n", "\r\n"));
    }

    @Property(tries = 400)
    void fileNamesComeBack(@ForAll("lines") String text) throws Exception {
        String name = text.codePoints().filter(c -> c != '/' && c != '\\' && c != '\t').limit(60)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip();
        String file = name.isBlank() ? "a" : name;
        Mail mail = mail().attach(file, new byte[] {1}, "application/pdf").build();
        checkOctets(mail);
        MailPart part = WrittenMails.view(mail).attachments().get(0);
        assertThat(part.givenFileName()).contains(file);
    }

    @ParameterizedTest
    @CsvSource({"hello, 7bit", "größer als gestern und kleiner als morgen, quoted-printable",
            "Пошта прийшла, base64", "'trailing ', quoted-printable", "From me, quoted-printable"})
    void theShortestEncodingIsTaken(String text, String encoding) throws Exception {
        assertThat(WrittenMails.text(mail().text(text).build())).contains("Content-Transfer-Encoding: " + encoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\rb", "a\r\nb\r\n"})
    void lineEndsAreThoseOfMail(String text) throws Exception {
        assertThat(WrittenMails.text(mail().text(text).build())).endsWith("\r\n\r\na\r\nb\r\n");
    }

    @Test
    void aDomainOutsideAsciiIsWrittenInAscii() throws Exception {
        Mail mail = Mail.from("a@faß.de").to("Zoë <b@bücher.example>").build();
        assertThat(WrittenMails.text(mail)).contains("From: a@xn--fa-hia.de\r\n", " <b@xn--bcher-kva.example>\r\n");
        assertThat(mail.messageId()).endsWith("@xn--fa-hia.de>");
        assertThat(mail.envelope().smtpUtf8()).isFalse();
    }

    @Test
    void aLocalPartOutsideAsciiNeedsSmtpUtf8() throws Exception {
        Mail mail = Mail.from("a@example.com").to("Zoë <zoë@bücher.example>").build();
        assertThat(mail.envelope().smtpUtf8()).isTrue();
        MailView view = WrittenMails.view(mail);
        assertThat(view.to()).containsExactly(new MailAddress("Zoë", "zoë@xn--bcher-kva.example"));
        assertThat(mail.toMimeMessage().getAllRecipients()[0].toString()).contains("zoë@xn--bcher-kva.example");
    }

    @Test
    void theEnvelopeHasEachRecipientOnceAndTheSender() {
        Mail mail = Mail.from("a@example.com").to("b@example.org", "B <b@EXAMPLE.org>")
                .cc("c@example.org").bcc("c@example.org").requireTls(true).build();
        assertThat(mail.envelope().recipients()).hasSize(2);
        assertThat(mail.envelope().reversePath().orElseThrow()).hasToString("a@example.com");
        assertThat(mail.envelope().requireTls()).isTrue();
        assertThat(mail().reversePath("").build().envelope().reversePath()).isEmpty();
        assertThat(mail().reversePath("bounce@example.com").build().envelope().reversePath().orElseThrow())
                .hasToString("bounce@example.com");
    }

    /** ASCII in lines that end in CRLF, none of them near the limit of 998 octets, and no line of a header blank. */
    private static void checkOctets(Mail mail) throws Exception {
        byte[] octets = ArrivedMail.octets(mail.content());
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        assertThat(text.chars()).allMatch(c -> c >= 32 && c < 127 || c == '\r' || c == '\n' || c == '\t');
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(text.split("\r\n")).allMatch(line -> line.length() <= 600);
        assertThat(text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n")).noneMatch(String::isBlank);
        assertThat(mail.content().length()).hasValue(octets.length);
    }

    private static MailBuilder mail() {
        return Mail.from("a@example.com").to("b@example.org");
    }
}
