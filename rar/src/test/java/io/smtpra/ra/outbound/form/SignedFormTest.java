package io.smtpra.ra.outbound.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.ra.authenticity.dkim.SignatureAlgorithm;
import io.smtpra.ra.authenticity.dkim.sign.KeyPairs;
import io.smtpra.ra.authenticity.dkim.sign.MailSigner;
import io.smtpra.ra.authenticity.dkim.sign.SigningKey;
import io.smtpra.ra.client.transfer.SendableContent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A mail whose signature cannot be made is not sent, and that is known. */
class SignedFormTest {

    @Test
    void aKeyThatCannotSignIsToldOf() throws Exception {
        MailContent mail = MailContent.of("From: a@example.com\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        SigningKey unfit = new SigningKey("s", SignatureAlgorithm.RSA, KeyPairs.ED25519.getPrivate(), 2048);
        AtomicInteger failures = new AtomicInteger();
        SignedForm form = new SignedForm(PreparedContent.read(mail, false, new byte[SendableContent.WINDOW]),
                new MailSigner("example.com", List.of(unfit)), Clock.systemUTC(), failures::incrementAndGet);

        assertThat(failures).hasValue(0);
        assertThatThrownBy(form::prepare).isInstanceOf(SmtpException.class)
                .hasMessageContaining("cannot be signed (DKIM) for example.com");
        assertThat(failures).hasValue(1);
    }
}
