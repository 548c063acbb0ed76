package io.smtpra.bench;

import io.smtpra.InboundMail;
import io.smtpra.mail.MailPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedFileInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.Random;

/**
 * What reading a mail costs a bean, as a ratio to Jakarta Mail over a {@code SharedFileInputStream} of the same file in
 * the same run. Arguments: the adapter's archive; a working directory.
 */
public final class ReadingBenchmark {

    private static final int ROUNDS = 7;
    private static final int WARM_UP = 3;
    private static final int[] MEGABYTES = {1, 5, 25, 100};

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Session session = Session.getInstance(new Properties());
    private final ArrivedMails mails;
    private final Path work;

    private ReadingBenchmark(Path archive, Path work) throws Exception {
        this.work = Files.createDirectories(work).toAbsolutePath();
        this.mails = new ArrivedMails(archive, this.work);
    }

    /**
     * Runs the benchmark and prints a table.
     *
     * @param arguments the adapter's archive and a working directory
     * @throws Exception if a mail cannot be read
     */
    public static void main(String[] arguments) throws Exception {
        new ReadingBenchmark(Path.of(arguments[0]), Path.of(arguments[1])).run();
    }

    private void run() throws Exception {
        System.out.println("| mail | read | Jakarta Mail µs | message() µs | ratio | view() µs | ratio |");
        System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        for (Shape shape : Shape.values()) {
            for (int megabytes : MEGABYTES) {
                Path file = work.resolve("reading.eml");
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                    shape.write(out, megabytes);
                }
                Object content = mails.content(file);
                report(megabytes + " MB, " + shape.description, "all parts", file, content, false);
                report(megabytes + " MB, " + shape.description, "the last part alone", file, content, true);
            }
        }
        Files.delete(work.resolve("reading.eml"));
    }

    private void report(String mail, String what, Path file, Object content, boolean lastAlone) throws Exception {
        List<long[]> rounds = new ArrayList<>();
        for (int i = 0; i < WARM_UP + ROUNDS; i++) {
            // in turns, so that a disturbance of the machine meets all of them
            long[] round = {
                time(() -> readFile(file, lastAlone)),
                time(() -> read(mails.mail(content).message(), lastAlone)),
                time(() -> view(mails.mail(content), lastAlone))};
            if (i >= WARM_UP) {
                rounds.add(round);
            }
        }
        long reference = median(rounds, 0);
        long message = median(rounds, 1);
        long view = median(rounds, 2);
        System.out.printf("| %s | %s | %,d | %,d | %.2f | %,d | %.2f |%n", mail, what, reference, message,
                (double) message / reference, view, (double) view / reference);
    }

    private long time(Reading reading) throws Exception {
        long before = threads.getCurrentThreadCpuTime();
        reading.read();
        return (threads.getCurrentThreadCpuTime() - before) / 1_000;
    }

    private static long median(List<long[]> rounds, int column) {
        long[] sorted = rounds.stream().mapToLong(round -> round[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void readFile(Path file, boolean lastAlone) throws Exception {
        try (SharedFileInputStream in = new SharedFileInputStream(file.toFile())) {
            read(new MimeMessage(session, in), lastAlone);
        }
    }

    private static void read(Part part, boolean lastAlone) throws Exception {
        if (part.isMimeType("multipart/*")) {
            Multipart multipart = (Multipart) part.getContent();
            for (int i = lastAlone ? multipart.getCount() - 1 : 0; i < multipart.getCount(); i++) {
                read(multipart.getBodyPart(i), lastAlone);
            }
        } else if (part.isMimeType("message/rfc822")) {
            read((Part) part.getContent(), lastAlone);
        } else {
            consume(part.getInputStream());
        }
    }

    private static void view(InboundMail mail, boolean lastAlone) throws IOException {
        view(mail.view().root(), lastAlone);
    }

    private static void view(MailPart part, boolean lastAlone) throws IOException {
        if (part.message().isPresent()) {
            view(part.message().get().root(), lastAlone);
        } else if (part.parts().isEmpty()) {
            consume(part.open());
        } else {
            for (MailPart inner : part.parts().subList(lastAlone ? part.parts().size() - 1 : 0, part.parts().size())) {
                view(inner, lastAlone);
            }
        }
    }

    private static void consume(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        while (in.read(buffer) >= 0) {
            Arrays.hashCode(buffer);
        }
        in.close();
    }

    private interface Reading {
        void read() throws Exception;
    }

    private enum Shape {
        ONE("one attachment") {
            @Override
            void write(OutputStream out, int megabytes) throws IOException {
                multipart(out, megabytes, 1, "b0");
            }
        },
        TWENTY("20 attachments") {
            @Override
            void write(OutputStream out, int megabytes) throws IOException {
                multipart(out, megabytes, 20, "b0");
            }
        },
        NESTED("multipart/mixed in message/rfc822 in multipart/mixed") {
            @Override
            void write(OutputStream out, int megabytes) throws IOException {
                text(out, "Content-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\n"
                        + "Content-Type: text/plain\r\n\r\nForwarded.\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\n");
                multipart(out, megabytes, 5, "inner");
                text(out, "\r\n--outer--\r\n");
            }
        };

        private final String description;

        Shape(String description) {
            this.description = description;
        }

        abstract void write(OutputStream out, int megabytes) throws IOException;

        private static void multipart(OutputStream out, int megabytes, int attachments, String name)
                throws IOException {
            Random random = new Random(megabytes);
            String boundary = "----=_Part_" + name + "_1234567890.1700000000000";
            text(out, "From: author@example.org\r\nSubject: reading\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n"
                    + "--" + boundary + "\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nHello.\r\n");
            byte[] octets = new byte[57 * 1024];
            // base64 with its line ends makes 78 octets of 57
            long pieces = Math.max(1, megabytes * 1_000_000L / attachments / (78 * 1024));
            for (int i = 0; i < attachments; i++) {
                text(out, "--" + boundary + "\r\nContent-Type: application/octet-stream; name=\"file-" + i
                        + ".bin\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\n"
                        + "Content-Disposition: attachment; filename=\"file-" + i + ".bin\"\r\n\r\n");
                for (long piece = 0; piece < pieces; piece++) {
                    random.nextBytes(octets);
                    out.write(Base64.getMimeEncoder().encode(octets));
                    text(out, "\r\n");
                }
            }
            text(out, "--" + boundary + "--\r\n");
        }

        private static void text(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
