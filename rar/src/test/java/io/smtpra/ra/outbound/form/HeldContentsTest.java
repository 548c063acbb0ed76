package io.smtpra.ra.outbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.OwnMailStore;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Octets of mails, taken over. */
class HeldContentsTest {

    private static final Envelope ENVELOPE = Envelope.from("a@example.com").to("b@example.org").build();

    private final HeldContents contents = new HeldContents(new OwnMailStore());

    @ParameterizedTest
    @ValueSource(strings = {"text", "text with ä", "encoded 8bit", "encoded base64",
        "encoded quoted-printable", "multipart"})
    void whatIsTakenIsWhatTheMessageWouldWrite(String kind) throws Exception {
        MimeMessage message = message(kind);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        message.writeTo(written);

        assertThat(new String(taken(message), StandardCharsets.ISO_8859_1))
                .isEqualTo(written.toString(StandardCharsets.ISO_8859_1));
    }

    /** It is slow, in a server above all, and Jakarta Mail would do it for each mail. */
    @Test
    void theClassPathIsNotSearchedForEachMail() throws Exception {
        MimeMessage message = message("text");
        Counting counting = new Counting(Thread.currentThread().getContextClassLoader());
        Thread.currentThread().setContextClassLoader(counting);
        try {
            taken(message);
        } finally {
            Thread.currentThread().setContextClassLoader(counting.getParent());
        }
        assertThat(counting.searched).doesNotContain("META-INF/services/jakarta.mail.util.StreamProvider");
    }

    private byte[] taken(MimeMessage message) throws Exception {
        try (Content content = contents.take(message, "ID-1", ENVELOPE); InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    private static MimeMessage message(String kind) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress("a@example.com"));
        message.setHeader("X-Raw", "Grüße, привет");
        message.setSentDate(new Date());
        if (kind.equals("multipart")) {
            MimeBodyPart part = new MimeBodyPart();
            part.setText("ä", "utf-8");
            MimeBodyPart other = new MimeBodyPart();
            other.setText("x");
            message.setContent(new MimeMultipart(part, other));
        } else {
            message.setText(kind.repeat(5_000) + "\n.", "utf-8");
        }
        if (kind.contains("encoded")) {
            message.setHeader("Content-Transfer-Encoding", kind.substring(8));
        }
        message.saveChanges();
        return message;
    }

    /** Remembers for what it was searched. */
    private static final class Counting extends ClassLoader {

        private final List<String> searched = new CopyOnWriteArrayList<>();

        Counting(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            searched.add(name);
            return super.getResources(name);
        }
    }
}
