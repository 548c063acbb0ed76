package io.smtpra.ra.inbound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.mail.MailLimits;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import io.smtpra.ra.message.Content;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mail of the {@link Corpus}, held and given in every way. */
class CorpusTest {

    private final MailParser parser = new MailParser("mx.example.com", MailLimits.DEFAULT);

    @TempDir
    private Path spool;

    @ParameterizedTest
    @MethodSource("mails")
    void isSeenAsItShouldBe(String name, Corpus.Way way) throws IOException {
        try (Content content = way.content(Corpus.octets(name), spool)) {
            String seen = SeenMail.of(parser.view(new ExpiringContent(content)));
            Path expected = Corpus.DIRECTORY.resolve(name + ".expected");
            if (Boolean.getBoolean("corpus.write") && way == Corpus.Way.MEMORY) {
                Files.writeString(expected, seen);
            }
            assertThat(seen).isEqualTo(Files.readString(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void jakartaMailFindsTheSame(String name, Corpus.Way way) throws Exception {
        try (Content content = way.content(Corpus.octets(name), spool)) {
            MailView view = parser.view(new ExpiringContent(content));
            List<String> ours = new ArrayList<>();
            leaves(view.root(), ours);
            List<String> theirs = new ArrayList<>();
            leaves(parser.message(view), theirs);
            assertThat(theirs).isEqualTo(ours);
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void leavesAsItCame(String name, Corpus.Way way) throws Exception {
        byte[] octets = Corpus.octets(name);
        try (Content content = way.content(octets, spool)) {
            MimeMessage message = parser.message(parser.view(new ExpiringContent(content)));
            leaves(message, new ArrayList<>());
            assertThat(written(message)).isEqualTo(octets);

            message.addHeader("X-Seen", "jå");
            String unchanged = text(octets);
            String changed = text(written(message));
            assertThat(changed).contains("X-Seen: j\u00C3\u00A5\r\n");
            String without = changed.replace("X-Seen: j\u00C3\u00A5\r\n", "");
            // a mail whose empty line was missing has one now
            assertThat(without.equals(unchanged) || without.replaceFirst("\r\n\r\n", "\r\n").equals(unchanged))
                    .as(without).isTrue();
        }
    }

    static Stream<Arguments> mails() {
        return Corpus.names().stream().flatMap(name ->
                Stream.of(Corpus.Way.values()).map(way -> Arguments.of(name, way)));
    }

    /** Everything that a bean may ask a message, at every level; none of it may throw. */
    static void leaves(Part part, List<String> leaves) throws Exception {
        new ContentType(part.getContentType());
        part.getDisposition();
        part.getDescription();
        part.getSize();
        part.getLineCount();
        part.getAllHeaders();
        part.getDataHandler().getName();
        ((MimePart) part).getEncoding();
        ((MimePart) part).getContentID();
        ((MimePart) part).getContentMD5();
        ((MimePart) part).getContentLanguage();
        if (part instanceof MimeMessage message) {
            message.getFrom();
            message.getSender();
            message.getReplyTo();
            message.getAllRecipients();
            message.getSubject();
            message.getSentDate();
            message.getMessageID();
            message.reply(true).getAllRecipients();
        }
        Object content = part.getContent();
        assertThat(part.getDataHandler().getContent().getClass()).isEqualTo(content.getClass());
        if (content instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart inner = multipart.getBodyPart(i);
                leaves(inner, leaves);
            }
        } else if (content instanceof MimeMessage message) {
            leaves(message, leaves);
        } else {
            try (InputStream in = part.getInputStream()) {
                leaves.add(part.getFileName() + ": " + text(in.readAllBytes()));
            }
        }
    }

    static void leaves(MailPart part, List<String> leaves) throws IOException {
        if (part.message().isPresent()) {
            leaves(part.message().get().root(), leaves);
        } else if (part.contentType().startsWith("multipart/")) {
            for (MailPart inner : part.parts()) {
                leaves(inner, leaves);
            }
        } else {
            String name = part.givenFileName().isPresent() ? part.fileName() : null;
            try (InputStream in = part.open()) {
                leaves.add(name + ": " + text(in.readAllBytes()));
            }
        }
    }

    private static byte[] written(MimeMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
