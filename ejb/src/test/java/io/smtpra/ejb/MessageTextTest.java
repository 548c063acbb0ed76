package io.smtpra.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;

class MessageTextTest {

    @Test
    void plainText() throws Exception {
        assertThat(text("""
                Subject: x

                Hello
                you
                """)).isEqualTo("Hello\nyou\n");
    }

    @Test
    void encodedTextInItsCharset() throws Exception {
        assertThat(text("""
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                Gr=FC=DFe
                """)).isEqualTo("Grüße\n");
    }

    @Test
    void plainPartRatherThanHtml() throws Exception {
        assertThat(text("""
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/html

                <p>Hello
                --b
                Content-Type: text/plain

                Hello
                --b--
                """)).isEqualTo("Hello");
    }

    @Test
    void htmlWhereThereIsNothingElse() throws Exception {
        assertThat(text("""
                Content-Type: text/html

                <p>Hello
                """)).isEqualTo("<p>Hello\n");
    }

    @Test
    void attachmentsAreNotTheText() throws Exception {
        assertThat(text("""
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain
                Content-Disposition: attachment; filename=a.txt

                attached
                --b
                Content-Type: multipart/alternative; boundary=c

                --c

                inner
                --c--
                --b--
                """)).isEqualTo("inner");
    }

    @Test
    void charsetThatNobodyKnowsLosesNothing() throws Exception {
        assertThat(text("""
                Content-Type: text/plain; charset=klingon

                Hello
                """)).isEqualTo("Hello\n");
    }

    @Test
    void brokenMimeHasNoText() throws Exception {
        assertThat(text("""
                Content-Type: multipart/mixed

                no boundary anywhere
                """)).isEmpty();
    }

    @Test
    void nestingWithoutEndIsNotFollowed() throws Exception {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i).append('\n');
        }
        assertThat(text(message + "\ntoo deep\n")).isEmpty();
    }

    @Test
    void longTextIsCutOff() throws Exception {
        assertThat(text("Subject: x\n\n" + "a".repeat(2 * MessageText.MAX_OCTETS))).hasSize(MessageText.MAX_OCTETS);
    }

    private static String text(String message) throws MessagingException {
        return MessageText.of(ArrivedMail.of("a@example.org", "b@example.com", message).message());
    }
}
