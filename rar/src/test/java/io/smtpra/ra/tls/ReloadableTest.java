package io.smtpra.ra.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadableTest {

    @TempDir
    Path directory;

    @Test
    void aBadFileIsReadAndComplainedOfOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "good");
        AtomicInteger reads = new AtomicInteger();
        Reloadable<String> reloadable = new Reloadable<>(List.of(file), () -> {
            reads.incrementAndGet();
            return readGood(file);
        });
        Files.writeString(file, "bad");
        assertThat(reloadable.reloadIfChanged()).isFalse();
        assertThat(reloadable.reloadIfChanged()).isFalse();
        assertThat(reads).hasValue(2);
        assertThat(reloadable.current()).isEqualTo("good");
        Files.writeString(file, "good again");
        assertThat(reloadable.reloadIfChanged()).isTrue();
        assertThat(reloadable.current()).isEqualTo("good again");
    }

    @Test
    void whatIsWrittenWhileItIsReadIsNoticed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "good");
        AtomicInteger reads = new AtomicInteger();
        Reloadable<String> reloadable = new Reloadable<>(List.of(file), () -> {
            String text = readGood(file);
            if (reads.incrementAndGet() == 1) {
                write(file, "good and new");
            }
            return text;
        });
        assertThat(reloadable.current()).isEqualTo("good");
        assertThat(reloadable.reloadIfChanged()).isTrue();
        assertThat(reloadable.current()).isEqualTo("good and new");
    }

    private static String readGood(Path file) throws TlsConfigurationException {
        String text = read(file);
        if (!text.startsWith("good")) {
            throw new TlsConfigurationException(TlsProperty.CERTIFICATE_FILE, file.toString(), "it is bad");
        }
        return text;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
