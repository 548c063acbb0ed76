package io.smtpra.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.MailContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a mail comes from, how much of it is read, and how far it is looked into. */
class MailViewTest {

    private static final String MAIL = """
            From: Jane Doe <jane@example.org>
            Subject: two files
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8

            Grüße
            --b
            Content-Type: text/csv
            Content-Disposition: attachment; filename=a.csv

            1;2
            --b
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename=b.bin

            AAECAw==
            --b--
            """.replace("\n", "\r\n");

    @TempDir
    private Path directory;

    @Test
    void anyContentCanBeLookedAt() throws IOException {
        byte[] octets = MAIL.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("mail.eml"), octets);
        for (MailContent content : List.of(
                MailContent.of(octets), MailContent.of(file), () -> new ByteArrayInputStream(octets))) {
            MailView view = MailView.of(content);
            assertThat(view.subject()).isEqualTo("two files");
            assertThat(view.text()).contains("Grüße");
            assertThat(view.html()).isEmpty();
            assertThat(view.attachments()).extracting(MailPart::fileName).containsExactly("a.csv", "b.bin");
            assertThat(read(view.attachment("b.bin").orElseThrow())).containsExactly(0, 1, 2, 3);
            assertThat(view.attachment("b.bin").orElseThrow().size()).isEqualTo(4);
            assertThat(view.attachment("b.bin").orElseThrow().encodedSize()).isEqualTo(8);
            assertThat(view.attachment("c.bin")).isEmpty();
            assertThat(view.deliveryReport()).isEmpty();
        }
    }

    @Test
    void nothingIsReadBeforeItIsAskedFor() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        AtomicLong read = new AtomicLong();
        byte[] octets = (MAIL.replace("1;2", "1;2\r\n".repeat(500_000))).getBytes(StandardCharsets.UTF_8);
        MailView view = MailView.of(() -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(octets) {
                @Override
                public synchronized int read(byte[] target, int offset, int length) {
                    int count = super.read(target, offset, length);
                    read.addAndGet(Math.max(0, count));
                    return count;
                }
            };
        });
        assertThat(view.subject()).isEqualTo("two files");
        assertThat(opened).hasValue(1);
        assertThat(read.get()).isLessThan(100_000);

        List<MailPart> attachments = view.attachments();
        assertThat(opened).hasValue(2);
        long structure = read.get();
        assertThat(structure).isLessThan(octets.length + 200_000);

        // what lies before it is skipped, and what has been found stays found
        read(attachments.get(1));
        assertThat(view.attachments()).isSameAs(attachments);
        assertThat(read.get() - structure).isLessThan(20_000);
    }

    @Test
    void whatCannotBeReadIsNotAnEmptyMail() {
        MailContent broken = () -> {
            throw new IOException("broken");
        };
        assertThatThrownBy(() -> MailView.of(broken)).isInstanceOf(IOException.class);
    }

    @Test
    void theLastPartThatIsAllowedTakesInWhatFollows() throws IOException {
        MailView view = view(MAIL, new MailLimits(10, 3, 10_000, 10_000));
        assertThat(view.text()).contains("Grüße");
        assertThat(view.attachments()).singleElement().satisfies(part -> {
            assertThat(part.contentType()).isEqualTo("application/octet-stream");
            assertThat(new String(read(part), StandardCharsets.UTF_8)).startsWith("1;2")
                    .endsWith("AAECAw==\r\n--b--\r\n");
        });
    }

    @Test
    void aPartWhoseHeaderIsTooLongIsOpaque() throws IOException {
        String mail = MAIL.replace("Content-Type: text/csv\r\n", "Content-Type: text/csv\r\nX: " + "x".repeat(500)
                + "\r\n");
        MailView view = view(mail, new MailLimits(10, 10, 400, 10_000));
        assertThat(view.subject()).isEqualTo("two files");
        assertThat(view.text()).contains("Grüße");
        assertThat(view.attachments()).extracting(MailPart::contentType)
                .containsExactly("application/octet-stream", "application/octet-stream");
        assertThat(new String(read(view.attachments().get(0)), StandardCharsets.UTF_8)).isEqualTo("1;2");
    }

    @Test
    void aMailWhoseOwnHeaderIsTooLongIsOneOpaquePart() throws IOException {
        MailView view = view("Subject: long\r\nX: " + "x".repeat(1_000) + "\r\n" + MAIL,
                new MailLimits(10, 10, 500, 10_000));
        assertThat(view.subject()).isEqualTo("long");
        assertThat(view.text()).isEmpty();
        assertThat(view.attachments()).singleElement()
                .satisfies(part -> assertThat(new String(read(part), StandardCharsets.UTF_8)).startsWith("--b\r\n"));
    }

    @Test
    void aTextIsCutOffAtItsLimitAndNotWithinACharacter() throws IOException {
        MailView view = view(MAIL, new MailLimits(10, 10, 10_000, 3));
        assertThat(view.text()).contains("Gr");
        assertThat(read(view.root().parts().get(0))).hasSize("Grüße".getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void limitsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new MailLimits(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxDepth is 0, allowed: 1 to 500");
        assertThatThrownBy(() -> new MailLimits(1, 1, 1, 0)).hasMessageContaining("maxTextOctets is 0");
    }

    private static MailView view(String mail, MailLimits limits) throws IOException {
        return MailView.of(MailContent.of(mail.getBytes(StandardCharsets.UTF_8)), limits);
    }

    private static byte[] read(MailPart part) throws IOException {
        try (InputStream in = part.open()) {
            return in.readAllBytes();
        }
    }
}
