package io.smtpra.ra.inbound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.mail.MailLimits;
import io.smtpra.mail.MailView;
import io.smtpra.ra.message.Content;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails of the corpus with octets changed at random, always the same ones, and mails that are made to take long. */
class MutatedMailsTest {

    private static final int MUTATIONS = 60;
    private static final List<String> PIECES =
            List.of("\r\n", "\r\n\r\n", "--", "--b1\r\n", "--b1--\r\n", "\"", ";", "=",
            "=?utf-8?B?", "?=", "\\", "<", ">", "(", ")", ":", ",", "@", "*0*=", "%", "'", "\0", "\u00FF", " ", "\t",
            "Content-Type: multipart/mixed; boundary=b1\r\n", "Content-Type: message/rfc822\r\n\r\n", "boundary=",
            "charset=", "Content-Transfer-Encoding: base64\r\n", "filename=");

    private final MailParser parser = new MailParser("mx.example.com", new MailLimits(20, 200, 20_000, 50_000));

    @TempDir
    private Path spool;

    @ParameterizedTest
    @MethodSource("io.smtpra.ra.inbound.mail.Corpus#names")
    void nothingThrowsAndNothingIsLost(String name) throws Exception {
        Random random = new Random(name.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] octets = mutated(Corpus.octets(name), random);
            try {
                read(octets);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        name + ", mutation " + i + ":\n" + new String(octets, StandardCharsets.ISO_8859_1), e);
            }
        }
    }

    /**
     * Each of these makes some parsers go through the rest of the mail again and again. Of a megabyte that would be
     * minutes; the bound is far from what it takes.
     */
    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        "Content-Type: message/rfc822\r\n\r\n",
        "--b\r\n", "--b--\r\n", "--", "-", "\r\n", "\n", "\r", "X:", "X: y\r\n", " \r\n",
        "Content-Type: multipart/mixed\r\n\r\n--x\r\n",
        "Content-Disposition: attachment; filename*0*=a\r\n\r\n--b\r\n",
        "To: a@example.com, \r\n ", "=?utf-8?Q?=C3", "(", "\"", "<", ";a=\"", "=\r\n", "= ", "=", "A", "A="})
    @Timeout(60)
    void noMailTakesLong(String piece) throws Exception {
        for (String head : List.of("", "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n",
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
                "Subject: ", "From: ", "Content-Type: text/plain; name=")) {
            read((head + piece.repeat(1_000_000 / piece.length())).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    @Timeout(60)
    void whatIsPastTheLimitsIsOpaqueAndStillThere() throws Exception {
        String deep = "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%1$d\r\n";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append(deep.formatted(i));
        }
        text.append("\r\nthe innermost text");
        try (Content content = Corpus.Way.MEMORY.content(text.toString().getBytes(StandardCharsets.US_ASCII), spool)) {
            MailView view = parser.view(new ExpiringContent(content));
            assertThat(view.attachments()).singleElement().satisfies(part -> {
                assertThat(part.contentType()).isEqualTo("application/octet-stream");
                try (InputStream in = part.open()) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).endsWith("the innermost text");
                }
            });
        }
    }

    private static byte[] mutated(byte[] octets, Random random) {
        byte[] mutated = octets;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length + 1);
            int count = Math.min(random.nextInt(40), mutated.length - at);
            byte[] put = switch (random.nextInt(4)) {
                case 0 -> new byte[0];
                case 1 -> bytes(PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> bytes(PIECES.get(random.nextInt(PIECES.size())).repeat(random.nextInt(50)));
                default -> {
                    byte[] noise = new byte[random.nextInt(20)];
                    random.nextBytes(noise);
                    yield noise;
                }
            };
            int removed = random.nextBoolean() ? count : 0;
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(mutated, 0, at);
            all.writeBytes(put);
            all.write(mutated, at + removed, mutated.length - at - removed);
            mutated = all.toByteArray();
        }
        return mutated;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads all of it in both ways, and writes it again. */
    private void read(byte[] octets) throws Exception {
        try (Content content = Corpus.Way.MEMORY.content(octets, spool)) {
            MailView view = parser.view(new ExpiringContent(content));
            SeenMail.of(view);
            MimeMessage message = parser.message(view);
            message.getFrom();
            message.getAllRecipients();
            message.getReplyTo();
            message.getSubject();
            message.getSentDate();
            walk(message);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            assertThat(Arrays.equals(out.toByteArray(), octets)).as("written as it came").isTrue();
            message.setHeader("X-Seen", "yes");
            message.writeTo(OutputStream.nullOutputStream());
        }
    }

    private static void walk(Part part) throws Exception {
        part.getFileName();
        part.getDisposition();
        part.getContentType();
        part.isMimeType("text/*");
        Object content = part.getContent();
        if (content instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                walk(multipart.getBodyPart(i));
            }
        } else if (content instanceof MimeMessage message) {
            walk(message);
        } else {
            try (InputStream in = part.getInputStream()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
