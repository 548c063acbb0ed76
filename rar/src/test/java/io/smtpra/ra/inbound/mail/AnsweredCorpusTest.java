package io.smtpra.ra.inbound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.ListenerKind;
import io.smtpra.MailContent;
import io.smtpra.Peer;
import io.smtpra.mail.HeaderField;
import io.smtpra.mail.MailLimits;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import io.smtpra.mailer.Mail;
import io.smtpra.mailer.MailBuilder;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.message.Content;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mail of the {@link Corpus} is answered and passed on: whatever it was, what leaves is in order. */
class AnsweredCorpusTest {

    private static final Peer PEER = new Peer(new InetSocketAddress("192.0.2.1", 25), Optional.empty(), "a.example",
            ListenerKind.SMTP, Optional.empty(), Optional.empty());

    @TempDir
    private Path spool;

    static List<String> mails() {
        return Corpus.names();
    }

    @ParameterizedTest
    @MethodSource("mails")
    void isAnswered(String name) throws Exception {
        try (Content content = Corpus.Way.MEMORY.content(Corpus.octets(name), spool)) {
            InboundMail mail = mail(content);
            MailBuilder builder = Mail.replyToAll(mail).text("Thank you.");
            if (mail.view().replyTo().stream().noneMatch(address -> address.mailbox().isPresent())) {
                builder.to("somebody@example.org");
            }
            MailView answer = checked(builder.build());
            assertThat(answer.text().orElseThrow()).startsWith("Thank you.\n\n");
            assertThat(answer.subject()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void isPassedOnWithAllThatItHas(String name) throws Exception {
        try (Content content = Corpus.Way.MEMORY.content(Corpus.octets(name), spool)) {
            InboundMail mail = mail(content);
            MailView forwarded = checked(Mail.forward(mail).to("b@example.com").build());
            List<String> had = octets(mail.view().inlineParts());
            had.addAll(octets(mail.view().attachments()));
            assertThat(octets(forwarded.attachments())).containsExactlyElementsOf(had);
            assertThat(forwarded.text().orElseThrow()).contains(mail.view().text().orElse("").strip());
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void isAttachedOctetForOctet(String name) throws Exception {
        byte[] octets = Corpus.octets(name);
        try (Content content = Corpus.Way.MEMORY.content(octets, spool)) {
            MailView outer = checked(Mail.from("a@example.com").to("b@example.com").attach(mail(content)).build());
            assertThat(outer.attachments()).hasSize(1);
            assertThat(outer.attachments().get(0).openEncoded()).hasBinaryContent(octets);
        }
    }

    /** What leaves has the fields that it should have, in ASCII, and lines as SMTP wants them. */
    private static MailView checked(Mail mail) throws IOException {
        byte[] octets = read(mail.content().open());
        assertThat(mail.content().length().orElse(octets.length)).isEqualTo(octets.length);
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        String header = text.substring(0, text.indexOf("\r\n\r\n"));
        if (!mail.envelope().smtpUtf8()) {
            assertThat(header.chars()).allMatch(c -> c >= 32 && c < 127 || c == '\r' || c == '\n');
        }
        assertThat(Arrays.stream(header.split("\r\n"))).allMatch(line -> !line.isBlank() && line.length() < 600);
        MailView view = MailView.of(MailContent.of(octets));
        assertThat(view.headers()).extracting(HeaderField::name).doesNotHaveDuplicates().isSubsetOf("Date", "From",
                "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding");
        return view;
    }

    private static List<String> octets(List<MailPart> parts) throws IOException {
        List<String> octets = new ArrayList<>();
        for (MailPart part : parts) {
            octets.add(new String(read(part.open()), StandardCharsets.ISO_8859_1));
        }
        return octets;
    }

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }

    private static InboundMail mail(Content content) {
        Envelope envelope = Envelope.from("sender@example.net").to("shop@example.com").build();
        return new DeliveredMail(new ReceivedMail("M1", Instant.now(), envelope, PEER, content), envelope,
                new MailParser("mx.example.com", MailLimits.DEFAULT));
    }
}
