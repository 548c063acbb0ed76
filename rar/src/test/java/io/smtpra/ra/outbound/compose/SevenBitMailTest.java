package io.smtpra.ra.outbound.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.Clients;
import io.smtpra.ra.client.Mails;
import io.smtpra.ra.client.ScriptedServer;
import io.smtpra.ra.client.Scripts;
import io.smtpra.ra.client.SmtpClientConnection;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail for a next hop that takes octets below 128 alone. */
class SevenBitMailTest {

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
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nSubject: schön\n\nx\n--b--\n",
        "MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nschön\n"})
    void that_cannot_be_encoded_is_refused(String text) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SmtpException e = catchThrowableOfType(SmtpException.class,
                        () -> Mails.send(connection, Mails.ENVELOPE, text));
                assertThat(e.phase()).isEqualTo(Phase.PREPARE);
                assertThat(e.isRetryable()).isFalse();
                assertThat(e).hasMessageContaining("cannot be encoded: ");
                assertThat(connection.isOpen()).isTrue();
            }
            server.verify();
        }
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
}
