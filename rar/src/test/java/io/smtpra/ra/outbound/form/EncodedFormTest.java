package io.smtpra.ra.outbound.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.Clients;
import io.smtpra.ra.client.Mails;
import io.smtpra.ra.client.ScriptedServer;
import io.smtpra.ra.client.Scripts;
import io.smtpra.ra.client.SmtpClientConnection;
import io.smtpra.ra.client.transfer.ContentForm;
import io.smtpra.ra.client.transfer.ServerExtensions;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail in a form that a next hop takes: with octets below 128 alone, in lines that are not too long. */
class EncodedFormTest {

    private static final String LONG_WORD = "abcdefghij".repeat(100);
    private static final String LONG_WORDS = "abcdefghi ".repeat(100);
    private static final FormDemands ALL = new FormDemands(true, false, true, true);

    private static final String MULTIPART = """
            MIME-Version: 1.0
            Subject: =?utf-8?Q?x?=
             folded
            content-transfer-encoding: 8bit
            Content-Type: multipart/mixed; boundary="b"

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            .grün = schön\s
            --b
            Content-Type: text/html
            Content-Transfer-Encoding: quoted-printable

            =C3=A4 as it was=
            --b
            Content-Type: image/x; name=x
            Content-Transfer-Encoding: 8bit

            ÿØÿ
            --b
            Content-Type: message/rfc822
            Content-Transfer-Encoding: 8bit

            Subject: inner
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            innerlich schön
            --b--
            """;

    @Test
    void becomes_quoted_printable_and_base64_where_it_must_and_else_stays() throws Exception {
        String sent = sent(Mails.ENVELOPE, MULTIPART);
        assertThat(sent.chars()).allMatch(c -> c < 128);
        assertThat(sent).isEqualTo("""
                MIME-Version: 1.0
                Subject: =?utf-8?Q?x?=
                 folded
                Content-Type: multipart/mixed; boundary="b"
                Content-Transfer-Encoding: 7bit

                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                ..gr=C3=BCn =3D sch=C3=B6n=20
                --b
                Content-Type: text/html
                Content-Transfer-Encoding: quoted-printable

                =C3=A4 as it was=
                --b
                Content-Type: image/x; name=x
                Content-Transfer-Encoding: base64

                w7/DmMO/
                --b
                Content-Type: message/rfc822
                Content-Transfer-Encoding: 7bit

                Subject: inner
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                innerlich sch=C3=B6n
                --b--
                """.replace("\n", "\r\n"));
    }

    @Test
    void reads_as_before() throws Exception {
        String sent = sent(Mails.ENVELOPE, MULTIPART).replace("\r\n..", "\r\n.");
        MimeMessage read = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(sent.getBytes(StandardCharsets.US_ASCII)));
        MimeMultipart parts = (MimeMultipart) read.getContent();
        assertThat(parts.getCount()).isEqualTo(4);
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo(".grün = schön ");
        assertThat(parts.getBodyPart(2).getInputStream()).hasBinaryContent("ÿØÿ".getBytes(StandardCharsets.UTF_8));
        assertThat(((MimeMessage) parts.getBodyPart(3).getContent()).getContent()).isEqualTo("innerlich schön");
    }

    @Test
    void that_is_not_MIME_becomes_so() throws Exception {
        assertThat(sent(Mails.ENVELOPE, "Subject: x\n\nschön\n")).isEqualTo("""
                MIME-Version: 1.0
                Subject: x
                Content-Type: text/plain; charset=unknown-8bit
                Content-Transfer-Encoding: quoted-printable

                sch=C3=B6n
                """.replace("\n", "\r\n"));
    }

    @Test
    void that_is_binary_becomes_base64() throws Exception {
        Envelope envelope = Envelope.from("a@example.com").to("b@example.org").bodyType(BodyType.BINARY_MIME).build();
        assertThat(sent(envelope, """
                MIME-Version: 1.0
                Content-Type: application/octet-stream
                Content-Transfer-Encoding: binary

                a\0\rb""".replace("\n", "\r\n"))).endsWith("base64\r\n\r\nYQANYg==\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b\n\n--b\n\nschön\n--b\n\nsignature\n--b--\n",
        "MIME-Version: 1.0\nContent-Type: multipart/mixed\n\nschön\n",
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\nschön\n--b\n\nx\n--b--\n",
        "MIME-Version: 1.0\nDKIM-Signature: v=1; h=from\n\nschön\n",
        "From: jürgen@example.com\n\nx\n",
        "Subject: {word}\n\nx\n",
        "DKIM-Signature: h=x-long; c=simple/simple\nX-Long: {words}\n\nx\n",
        "DKIM-Signature: h=from; c=relaxed/relaxed\n\n{word}\n",
        "MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b\n\n--b\n\n{word}\n--b\n\ns\n--b--\n",
        "MIME-Version: 1.0\nContent-Transfer-Encoding: x-uuencode\n\n{word}\n",
        "MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nschön\n"})
    void that_cannot_be_encoded_is_refused(String text) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SmtpException e = catchThrowableOfType(SmtpException.class,
                        () -> Mails.send(connection, Mails.ENVELOPE,
                                text.replace("{word}", LONG_WORD).replace("{words}", LONG_WORDS)));
                assertThat(e.phase()).isEqualTo(Phase.PREPARE);
                assertThat(e.isRetryable()).isFalse();
                assertThat(e).hasMessageContaining("cannot be encoded: ");
                assertThat(connection.isOpen()).isTrue();
            }
            server.verify();
        }
    }

    /** Its octets are those that came, but for the parts that must change. */
    @Test
    void what_stands_around_the_parts_stays() throws Exception {
        String mail = """
                Subject: x
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="b"

                This is a message in parts.
                --b  \s
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                schön
                --b
                X-Empty:
                --b

                plain

                --b--
                an epilogue

                --b
                and no part
                """.replace("\n", "\r\n");
        assertThat(form(mail, ALL)).isEqualTo(mail
                .replace("boundary=\"b\"\r\n", "boundary=\"b\"\r\nContent-Transfer-Encoding: 7bit\r\n")
                .replace("Encoding: 8bit", "Encoding: quoted-printable").replace("schön", "sch=C3=B6n"));
    }

    @Property(tries = 5_000)
    void what_need_not_change_stays(@ForAll("mails") String mail) throws Exception {
        String lines = mail.replace("\n", "\r\n") + "\r\n";
        assertThat(form(lines, new FormDemands(false, false, false, false))).isEqualTo(lines);
    }

    @Property(tries = 2_000)
    void whatever_is_encoded_fulfils_what_was_asked(@ForAll("mails") String mail) throws Exception {
        String encoded;
        try {
            encoded = form(mail.replace("L", LONG_WORD + " " + LONG_WORD), ALL);
        } catch (UnencodableException e) {
            return;
        }
        assertThat(encoded.split("\r\n", -1)).allMatch(line -> line.length() <= 998);
        assertThat(encoded).matches(text -> text.chars().allMatch(c -> c < 128));
    }

    @Provide
    Arbitrary<String> mails() {
        return Arbitraries.of("Subject: x", "X-Y: grün", "Content-Type: multipart/mixed; boundary=b", "--b", "--b--",
                "Content-Type: multipart/alternative; boundary=\"b c\"", "--b c", "--b c--", "", "", "text",
                "X-G: grün", "L", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "a b=C3=B6L",
                "Content-Type: message/rfc822", "MIME-Version: 1.0", " folded", "Content-Type: text/plain", "X: L",
                "Content-Type: multipart/signed; boundary=b", "-- b", "--", ".")
                .list().ofMaxSize(14).map(lines -> String.join("\n", lines));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Subject: Grüße aus Köln              | Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus =?utf-8?Q?K=C3=B6ln?=
            Subject: Grüße Köln                  | Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_K=C3=B6ln?=
            Subject: ü =?utf-8?Q?=C3=B6?= ä      | Subject: =?utf-8?B?w7wg?= =?utf-8?Q?=C3=B6?= =?utf-8?B?IMOk?=
            From: Jürgen <j@bücher.example>      | From: =?utf-8?Q?J=C3=BCrgen?= <j@xn--bcher-kva.example>
            To: a@example.org, J <j@bücher.example> | To: a@example.org, J <j@xn--bcher-kva.example>
            Content-Disposition: attachment; filename="ü.pdf" | Content-Disposition: attachment; filename*=utf-8''%C3%BC.pdf
            Content-Type: text/plain; name=ü x.a; charset="utf-8" | Content-Type: text/plain; name*=utf-8''%C3%BC%20x.a; charset="utf-8"
            Message-ID: <ü@example.com>          | Message-ID: <ü@example.com>
            Subject: plain                       | Subject: plain
            """)
    void a_header_in_UTF_8_is_encoded(String header, String expected) throws Exception {
        assertThat(form(header + "\r\n\r\nx\r\n", ALL)).isEqualTo(expected + "\r\n\r\nx\r\n");
    }

    /** Nobody knows what it means; Postfix passes it on too, and a scanner that sends it is understood. */
    @Test
    void a_header_in_Latin_1_goes_as_it_is_and_asks_for_nothing() throws Exception {
        byte[] mail = "Subject: Gr\u00fc\u00dfe\r\n\r\nx\r\n".getBytes(StandardCharsets.ISO_8859_1);
        ContentForm form = new OutgoingContent(MailContent.of(mail), BodyType.SEVEN_BIT)
                .formFor(ServerExtensions.NONE, "mx.example.org", new byte[64]);
        assertThat(form.needsUtf8()).isFalse();
        assertThat(written(form)).isEqualTo(mail);
    }

    @Test
    void what_is_signed_keeps_its_header() throws Exception {
        String mail = "DKIM-Signature: h=subject:from; c=relaxed/simple\r\nSubject: grün\r\nX-Y: grün\r\n\r\nx\r\n";
        assertThat(form(mail, ALL)).isEqualTo(mail.replace("X-Y: grün", "X-Y: =?utf-8?Q?gr=C3=BCn?="));
    }

    @Test
    void a_long_header_is_folded() throws Exception {
        for (String signature : List.of("", "DKIM-Signature: h=x-long; c=relaxed\r\n", "DKIM-Signature: h=from\r\n")) {
            String mail = signature + "X-Long:  " + LONG_WORDS + "end\r\n\r\nx\r\n";
            String folded = form(mail, ALL);
            assertThat(folded.split("\r\n")).allMatch(line -> line.length() <= 998);
            assertThat(folded.replace("\r\n ", " ")).isEqualTo(mail);
            assertThat(folded).contains("X-Long:  abcdefghi ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/html; charset=utf-8", "application/json", ""})
    void a_long_line_is_encoded(String type) throws Exception {
        String text = "<p>" + LONG_WORD + " = " + LONG_WORD + "\r\n\r\n.end\r\n";
        String mail = (type.isEmpty() ? "" : "MIME-Version: 1.0\r\nContent-Type: " + type + "\r\n") + "\r\n" + text;
        String encoded = form(mail, ALL);
        assertThat(encoded.split("\r\n")).allMatch(line -> line.length() <= 76);
        MimeMessage read = read(encoded);
        assertThat(read.getHeader("MIME-Version")).hasSize(1);
        assertThat(new String(read.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void a_long_line_of_what_is_encoded_already_is_broken() throws Exception {
        byte[] octets = new byte[3_000];
        new Random(14).nextBytes(octets);
        String base64 = "MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getEncoder().encodeToString(octets) + "\r\n";
        String quoted = "MIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + "a b=C3=B6=3D \t=\r\n".repeat(3) + "gr=C3=BCn und  s=C3=BC=C3=9F ".repeat(90) + "\r\nend=\r\n\r\n";
        for (String mail : List.of(base64, quoted)) {
            String encoded = form(mail, ALL);
            assertThat(encoded.split("\r\n")).allMatch(line -> line.length() <= 76);
            assertThat(read(encoded).getInputStream().readAllBytes())
                    .isEqualTo(read(mail).getInputStream().readAllBytes());
        }
    }

    /** It is read piece by piece, and never held. */
    @Test
    void a_mail_may_be_of_any_size() throws Exception {
        byte[] head = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] line = ("ü".repeat(100) + "\r\n").getBytes(StandardCharsets.UTF_8);
        MailContent mail = () -> new SequenceInputStream(new ByteArrayInputStream(head), new Repeated(line, 200_000));
        ContentForm form = new EncodedForm(mail, ALL, new byte[4_096]);
        AtomicLong octets = new AtomicLong();
        form.writeTo((part, offset, count) -> octets.addAndGet(count), false);
        assertThat(octets).hasValue(form.size()).hasValueGreaterThan(200_000L * 600);
    }

    private static String form(String mail, FormDemands demands) throws Exception {
        byte[] octets = mail.getBytes(StandardCharsets.UTF_8);
        ContentForm form = new EncodedForm(MailContent.of(octets), demands, new byte[4_096]);
        byte[] written = written(form);
        assertThat(form.size()).isEqualTo(written.length);
        return new String(written, StandardCharsets.UTF_8);
    }

    private static byte[] written(ContentForm form) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        form.writeTo(out::write, false);
        return out.toByteArray();
    }

    private static MimeMessage read(String mail) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sent(Envelope envelope, String text) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + Scripts.MAIL + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                Mails.send(connection, envelope, text);
            }
            server.verify();
            return server.content();
        }
    }

    /** The same octets again and again. */
    private static final class Repeated extends InputStream {

        private final byte[] octets;
        private final long length;
        private long position;

        Repeated(byte[] octets, int times) {
            this.octets = octets;
            this.length = (long) octets.length * times;
        }

        @Override
        public int read() {
            return position == length ? -1 : octets[(int) (position++ % octets.length)] & 0xff;
        }
    }
}
