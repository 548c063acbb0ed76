package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smtpra.InboundMail;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.mail.MailPart;
import io.smtpra.mailer.Mail;
import io.smtpra.mailer.MailBuilder;
import io.smtpra.mailer.Mailer;
import io.smtpra.ra.outbound.SmtpManagedConnectionFactory;
import io.smtpra.testkit.Inbox;
import io.smtpra.testkit.InboxStep;
import io.smtpra.testkit.InboxTls;
import io.smtpra.testkit.SmtpInbox;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Out through the adapter's client and in through its listener: what was meant is what arrives. */
@SmtpInbox(tls = InboxTls.REQUIRED)
class MailerOverInboxTest {

    private Mailer mailer;

    @BeforeEach
    void makeMailer(Inbox inbox) throws Exception {
        SmtpManagedConnectionFactory factory = new SmtpManagedConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(String.valueOf(inbox.port()));
        factory.setTls("required");
        factory.setTrustedCertificatesFile(inbox.certificateFile().toString());
        factory.setHostName("client.example.com");
        factory.setReversePath("bounces@example.com");
        mailer = Mailer.of((SmtpConnectionFactory) factory.createConnectionFactory());
    }

    @Test
    void aMailArrivesAsItWasMeant(Inbox inbox) throws Exception {
        SendReceipt receipt = mailer.send(mail().text("Grüße\n.\n..\nFrom me\n").bcc("secret@example.net")
                .attach("größe.bin", new byte[] {0, 13, 10, 46, 13, 10, -1}, "application/octet-stream"));
        assertThat(receipt.tls().orElseThrow().peerVerified()).isTrue();
        InboundMail mail = inbox.awaitMail();
        assertThat(mail.view().text()).contains("Grüße\n.\n..\nFrom me\n");
        assertThat(mail.view().attachment("größe.bin").orElseThrow().open())
                .hasBinaryContent(new byte[] {0, 13, 10, 46, 13, 10, -1});
        assertThat(mail.envelope().recipients()).hasSize(2);
        assertThat(mail.envelope().reversePath().orElseThrow()).hasToString("bounces@example.com");
        assertThat(mail.view().headers()).noneMatch(field -> field.line().contains("secret"));
    }

    @Test
    void anAnswerAndAMailPassedOnArrive(Inbox inbox) throws Exception {
        mailer.send(mail().text("Which size?").attach("a.pdf", new byte[] {1}, "application/pdf"));
        InboundMail question = inbox.awaitMail();
        mailer.send(Mail.replyTo(question).text("Large"));
        mailer.send(Mail.forward(question).to("c@example.org").attach(question));
        InboundMail answer = inbox.awaitMails(3).get(1);
        assertThat(answer.view().subject()).isEqualTo("Re: Grüße");
        assertThat(answer.view().inReplyTo()).isEqualTo(question.view().messageId());
        assertThat(answer.view().text().orElseThrow()).startsWith("Large\n\nOn ").endsWith("\n> Which size?\n");
        InboundMail forwarded = inbox.mails().get(2);
        assertThat(forwarded.view().attachments()).extracting(MailPart::fileName)
                .containsExactly("a.pdf", "Grüße.eml");
        assertThat(forwarded.view().attachments().get(1).message().orElseThrow().attachments())
                .extracting(MailPart::fileName).containsExactly("a.pdf");
    }

    @Test
    void anAddressOutsideAsciiArrivesWhereSmtpUtf8IsOnOffer(Inbox inbox) throws Exception {
        mailer.send(Mail.from("a@example.com").to("Zoë <zoë@example.org>").subject("Grüße").text("t")
                .reversePath("own@example.com"));
        InboundMail mail = inbox.awaitMail();
        assertThat(mail.envelope().smtpUtf8()).isTrue();
        assertThat(mail.envelope().reversePath().orElseThrow()).hasToString("own@example.com");
        assertThat(mail.view().to().get(0)).hasToString("Zoë <zoë@example.org>");
    }

    /** It passes through without being held, up to what the listener takes. */
    @Test
    void aLargeFileArrives(Inbox inbox) throws Exception {
        int size = 24 << 20;
        mailer.send(mail().text("t").attach("large.bin", () -> new Zeros(size), "application/octet-stream"));
        assertThat(inbox.awaitMail().view().attachments().get(0).size()).isEqualTo(size);
        assertThatExceptionOfType(SmtpException.class)
                .isThrownBy(() -> mailer.send(mail().text("t").attach("larger.bin", () -> new Zeros(30 << 20), "a/b")))
                .withMessageContaining("takes at most 36700160");
    }

    @Test
    void whatIsRefusedIsTold(Inbox inbox) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            inbox.at(InboxStep.RECIPIENT).refuse(550, "5.1.1", "No such user");
            assertThatExceptionOfType(SmtpException.class).isThrownBy(() -> mailer.send(mail().text("t")))
                    .withMessageContaining("550 5.1.1 No such user");
            assertThat(mailer.withExecutor(threads).sendAsync(mail().text("t"))
                    .handle((receipt, failure) -> failure).toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .hasMessageContaining("550 5.1.1 No such user");
            assertThat(inbox.mails()).isEmpty();
        } finally {
            threads.shutdown();
        }
    }

    private static MailBuilder mail() {
        return Mail.from("Jörg <a@example.com>").to("b@example.org").subject("Grüße");
    }

    /** So many octets of nothing. */
    private static final class Zeros extends InputStream {

        private int left;

        Zeros(int left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }
    }
}
