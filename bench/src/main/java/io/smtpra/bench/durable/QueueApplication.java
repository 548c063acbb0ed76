package io.smtpra.bench.durable;

import io.smtpra.bench.queue.Enqueuer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.Driver;

/** The application of the benchmarks that have a database, with queue and driver in it. */
final class QueueApplication {

    private static final String SETTINGS = """
            data.source=java:app/jdbc/bench
            create.tables=true
            poll.interval=1s
            """;

    private QueueApplication() {}

    /** Writes it. */
    static void write(Path archive) throws IOException, URISyntaxException {
        try (OutputStream file = Files.newOutputStream(archive); ZipOutputStream zip = new ZipOutputStream(file)) {
            entry(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nDependencies: deployment.smtp-ra.rar\n");
            entry(zip, "WEB-INF/classes/META-INF/smtp-ra-queue.properties", SETTINGS);
            entry(zip, "WEB-INF/lib/smtp-ra-queue.jar", queueJar());
            entry(zip, "WEB-INF/lib/postgresql.jar", Path.of(
                    Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
            Path classes = Path.of(Enqueuer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            String room = Enqueuer.class.getPackageName().replace('.', '/');
            try (DirectoryStream<Path> files = Files.newDirectoryStream(classes.resolve(room), "*.class")) {
                for (Path one : files) {
                    entry(zip, "WEB-INF/classes/" + room + "/" + one.getFileName(), one);
                }
            }
        }
    }

    private static Path queueJar() {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(Path::of).filter(path -> path.getFileName().toString().startsWith("smtp-ra-queue")).findAny()
                .orElseThrow(() -> new IllegalStateException("smtp-ra-queue.jar is not in the class path"));
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void entry(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
    }
}
