package io.smtpra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.PreencodedMimeBodyPart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written is what {@code Transport.send} would send, which saves a message and writes it without Bcc and
 * Content-Length; and the message stays as it was. Each shape is made twice, and what is made anew each time, as the
 * names of boundaries, does not count.
 */
class TransportSendTest {

    private static final Session SESSION = Session.getInstance(new Properties());
    private static final String UMLAUTS = "Grüße, привет, 你好\r\n";

    static Stream<String> shapes() {
        return SHAPES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isWrittenAsTransportWouldSendIt(String shape) throws Exception {
        MimeMessage expected = SHAPES.get(shape).make();
        expected.saveChanges();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        expected.writeTo(sent, new String[] {"Bcc", "Content-Length"});
        MimeMessage message = SHAPES.get(shape).make();
        List<String> before = dump(message);

        String written = written(message);

        assertThat(comparable(written)).isEqualTo(comparable(sent.toString(StandardCharsets.ISO_8859_1)));
        assertThat(dump(message)).as("the caller's message").isEqualTo(before);
    }

    private interface Shape {
        MimeMessage make() throws Exception;
    }

    private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("text that was never saved", () -> text("hello\r\n"));
        SHAPES.put("text outside ASCII", () -> text(UMLAUTS));
        SHAPES.put("text that was saved", () -> saved(text(UMLAUTS)));
        SHAPES.put("saved, then another text", () -> {
            MimeMessage message = saved(text("hello\r\n"));
            message.setText(UMLAUTS, "utf-8");
            return message;
        });
        SHAPES.put("saved, then another content", () -> {
            MimeMessage message = saved(text("hello\r\n"));
            message.setContent("<p>" + UMLAUTS, "text/html; charset=iso-8859-5");
            return message;
        });
        SHAPES.put("saved, then parts", () -> {
            MimeMessage message = saved(text("hello\r\n"));
            message.setContent(new MimeMultipart(textPart("a"), textPart(UMLAUTS)));
            return message;
        });
        SHAPES.put("saved, then an attachment more", () -> {
            MimeMultipart parts = new MimeMultipart(textPart("a"));
            MimeMessage message = saved(withContent(parts));
            parts.addBodyPart(attachment(new byte[] {0, 13, 10, 10, 13, -1, -2}, "application/pdf", "Grüße.pdf"));
            return message;
        });
        SHAPES.put("saved, then a part changed", () -> {
            MimeBodyPart changed = textPart("a");
            MimeMessage message = saved(withContent(new MimeMultipart(textPart("b"), changed)));
            changed.setText(UMLAUTS, "utf-8");
            return message;
        });
        SHAPES.put("saved, then a part of a part changed", () -> {
            MimeBodyPart changed = textPart("a");
            MimeBodyPart alternatives = new MimeBodyPart();
            alternatives.setContent(new MimeMultipart("alternative", textPart("x"), changed));
            MimeMessage message = saved(withContent(new MimeMultipart(alternatives, textPart("b"))));
            changed.setContent("<p>" + UMLAUTS, "text/html; charset=utf-8");
            return message;
        });
        SHAPES.put("parts in parts that were never saved", () -> {
            MimeBodyPart alternatives = new MimeBodyPart();
            alternatives.setContent(new MimeMultipart("alternative", textPart("x"), textPart(UMLAUTS)));
            return withContent(new MimeMultipart("related", alternatives,
                    attachment("x".repeat(3_000).getBytes(StandardCharsets.US_ASCII), "image/png", "a.png")));
        });
        SHAPES.put("a preamble", () -> {
            MimeMultipart parts = new MimeMultipart(textPart("a"));
            parts.setPreamble("This is a message in parts.");
            return withContent(parts);
        });
        SHAPES.put("a message in it", () -> {
            MimeBodyPart enclosed = new MimeBodyPart();
            enclosed.setContent(read("Subject: inside", "MIME-Version: 1.0", "", "inside \u00e4", ""),
                    "message/rfc822");
            return withContent(new MimeMultipart(textPart("see below"), enclosed));
        });
        SHAPES.put("a saved message in it", () -> {
            MimeBodyPart enclosed = new MimeBodyPart();
            enclosed.setContent(saved(text(UMLAUTS)), "message/rfc822");
            return withContent(new MimeMultipart(textPart("see below"), enclosed));
        });
        SHAPES.put("a part that is encoded already", () -> {
            PreencodedMimeBodyPart encoded = new PreencodedMimeBodyPart("base64");
            encoded.setDataHandler(new DataHandler(
                    new ByteArrayDataSource("aGVsbG8=".getBytes(StandardCharsets.US_ASCII), "image/gif")));
            return withContent(new MimeMultipart(textPart("a"), encoded));
        });
        SHAPES.put("parts from a source", () -> {
            MimeMessage message = new MimeMessage(SESSION);
            message.setDataHandler(new DataHandler(new ByteArrayDataSource(
                    "ignored\r\n--b\r\n\r\nü\r\n--b--\r\nignored\r\n".getBytes(StandardCharsets.UTF_8),
                    "multipart/mixed; boundary=b")));
            return message;
        });
        SHAPES.put("octets", () -> {
            MimeMessage message = new MimeMessage(SESSION);
            message.setDataHandler(new DataHandler(new ByteArrayDataSource(new byte[] {1, 2, -3}, "image/png")));
            return message;
        });
        SHAPES.put("an invitation", () -> withContent(
                new DataHandler("BEGIN:VCALENDAR\r\nSUMMARY:" + UMLAUTS, "text/calendar; charset=utf-8")));
        SHAPES.put("headers of its own", () -> {
            MimeMessage message = text("hello\r\n");
            message.addHeader("X-One", "1");
            message.setHeader("Content-Language", "de");
            message.setHeader("Content-Transfer-Encoding", "quoted-printable");
            message.addHeader("Received", "from b");
            message.addHeader("Received", "from a");
            message.setHeader("Content-Length", "7");
            return message;
        });
        SHAPES.put("a class of Angus'", () -> {
            SMTPMessage message = new SMTPMessage(SESSION);
            message.setEnvelopeFrom("other@example.com");
            message.setText(UMLAUTS, "utf-8");
            return message;
        });
        SHAPES.put("a copy", () -> new MimeMessage(saved(text(UMLAUTS))));
        SHAPES.put("read", () -> read("MIME-Version: 1.0", "Subject: read", "", "old text", ""));
        SHAPES.put("read, in 8 bits", () -> read("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit", "", UMLAUTS, ""));
        SHAPES.put("read, a header added", () -> {
            MimeMessage message = read("MIME-Version: 1.0", "Received: from a", "Subject: read", "", "old text", "");
            message.addHeader("Received", "from b");
            message.addHeader("X-Added", "1");
            return message;
        });
        SHAPES.put("read, then another text", () -> {
            MimeMessage message = read("MIME-Version: 1.0", "Content-Type: text/plain; charset=us-ascii",
                    "Content-Transfer-Encoding: 7bit", "", "old text", "");
            message.setText(UMLAUTS, "utf-8");
            return message;
        });
        SHAPES.put("read, then parts", () -> {
            MimeMessage message = read("MIME-Version: 1.0", "Subject: read", "", "old text", "");
            message.setContent(new MimeMultipart(textPart("a"), textPart(UMLAUTS)));
            return message;
        });
        SHAPES.put("read, its text taken for a new part", () -> {
            MimeMessage message = read("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                    "Content-Transfer-Encoding: base64", "", "Z3LDvMOfZQ==", "");
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(message.getDataHandler());
            return withContent(new MimeMultipart(part));
        });
        SHAPES.put("read parts, looked at", () -> {
            MimeMessage message = readParts();
            assertThat(((MimeMultipart) message.getContent()).getCount()).isEqualTo(3);
            return message;
        });
        SHAPES.put("read parts, one changed", () -> {
            MimeMessage message = readParts();
            ((MimeMultipart) message.getContent()).getBodyPart(0).setText(UMLAUTS);
            return message;
        });
        SHAPES.put("read parts, a header of one changed", () -> {
            MimeMessage message = readParts();
            ((MimeMultipart) message.getContent()).getBodyPart(1).setHeader("Content-Description", "changed");
            return message;
        });
        SHAPES.put("read parts, one added", () -> {
            MimeMessage message = readParts();
            ((MimeMultipart) message.getContent()).addBodyPart(textPart(UMLAUTS));
            return message;
        });
        SHAPES.put("read parts, one removed", () -> {
            MimeMessage message = readParts();
            ((MimeMultipart) message.getContent()).removeBodyPart(1);
            return message;
        });
        SHAPES.put("read parts, a part of a part changed", () -> {
            MimeMessage message = readParts();
            MimeMultipart inner = (MimeMultipart) ((MimeMultipart) message.getContent()).getBodyPart(2).getContent();
            inner.getBodyPart(0).setText("changed");
            return message;
        });
        SHAPES.put("read parts, saved after a change", () -> {
            MimeMessage message = readParts();
            ((MimeMultipart) message.getContent()).getBodyPart(0).setText(UMLAUTS);
            return saved(message);
        });
        SHAPES.put("parts of another message", () -> {
            MimeMultipart read = (MimeMultipart) readParts().getContent();
            return withContent(new MimeMultipart(read.getBodyPart(0), read.getBodyPart(1), read.getBodyPart(2)));
        });
    }

    private static MimeMessage readParts() throws Exception {
        return read("Subject: parts", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", "grüße", "--b",
                "Content-Type: image/png; name=a.png", "Content-Transfer-Encoding: base64", "", "AAECAw==", "--b",
                "Content-Type: multipart/alternative; boundary=c", "", "--c", "Content-Transfer-Encoding: 7bit", "",
                "inner", "--c--", "--b--", "");
    }

    private static MimeMessage read(String... lines) throws Exception {
        String text = "From: a@example.com\r\nDate: Tue, 24 Nov 2026 03:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n"
                + String.join("\r\n", lines);
        return new MimeMessage(SESSION, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MimeMessage text(String text) throws Exception {
        MimeMessage message = new MimeMessage(SESSION);
        message.setFrom("a@example.com");
        message.setRecipients(Message.RecipientType.TO, "b@example.org");
        message.setRecipients(Message.RecipientType.BCC, "c@example.org");
        message.setSubject("Grüße", "utf-8");
        message.setText(text, "utf-8");
        return message;
    }

    private static MimeMessage withContent(MimeMultipart parts) throws Exception {
        MimeMessage message = new MimeMessage(SESSION);
        message.setSubject("parts");
        message.setContent(parts);
        return message;
    }

    private static MimeMessage withContent(DataHandler content) throws Exception {
        MimeMessage message = new MimeMessage(SESSION);
        message.setDataHandler(content);
        return message;
    }

    private static MimeMessage saved(MimeMessage message) throws Exception {
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart textPart(String text) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "utf-8");
        return part;
    }

    private static MimeBodyPart attachment(byte[] octets, String type, String name) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(octets, type)));
        part.setFileName(name);
        return part;
    }

    private static String written(MimeMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Envelope envelope = Envelope.from("a@example.com").to("b@example.org").build();
        new MessageWriter().write(message, "ID-1", envelope, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** Without what is made anew: the date, ids, and the names of boundaries, which are numbered instead. */
    private static String comparable(String octets) {
        String fixed = Pattern.compile("^(?:Date|Message-ID): .*\r\n", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE)
                .matcher(octets).replaceAll("");
        // A header that was read keeps the places of those that were removed, which only it can see.
        fixed = fixed.replaceAll("(Content-Transfer-Encoding: \\S+\r\n)(Content-Type: [^\r]*\r\n)", "$2$1");
        Map<String, String> names = new LinkedHashMap<>();
        Matcher boundaries = Pattern.compile("----=_Part_[0-9._]+").matcher(fixed);
        return boundaries.replaceAll(found -> names.computeIfAbsent(found.group(), name -> "boundary-" + names.size()));
    }

    /** All that can be seen of a message, and does not change because it is seen. */
    private static List<String> dump(MimeMessage message) throws Exception {
        List<String> seen = new ArrayList<>();
        dump(message, seen);
        return seen;
    }

    private static void dump(MimePart part, List<String> seen) throws Exception {
        seen.addAll(Collections.list(part.getAllHeaderLines()));
        Object content = part.getContent();
        if (content instanceof MimeMultipart parts && content == part.getContent()) {
            for (int i = 0; i < parts.getCount(); i++) {
                assertThat(parts.getBodyPart(i).getParent()).isSameAs(parts);
                dump((MimePart) parts.getBodyPart(i), seen);
            }
        } else if (content instanceof MimeMessage enclosed && content == part.getContent()) {
            dump(enclosed, seen);
        } else {
            seen.add(part.getDataHandler() + " " + part.getContentType());
        }
    }
}
