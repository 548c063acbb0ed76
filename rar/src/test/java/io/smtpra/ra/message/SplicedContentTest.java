package io.smtpra.ra.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.message.SplicedContent.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In memory and in a file. */
class SplicedContentTest {

    @TempDir
    private Path spool;

    private Content content(String text) throws IOException {
        ContentStore store = new ContentStore(
                new StoreConfig(1 << 16, StoreConfig.LEAST_MEMORY, spool, Runnable::run));
        ContentWriter writer = store.newContent(1 << 24);
        writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        return ((StoreResult.Stored) writer.finish().toCompletableFuture().join()).content();
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 100_000})
    void putsBeforeAndLeavesOut(int length) throws IOException {
        String text = "0123456789".repeat(length / 10);
        Content spliced = new SplicedContent("head".getBytes(StandardCharsets.US_ASCII), content(text),
                List.of(new Range(0, 2), new Range(5, 5), new Range(10, 20), new Range(length - 1, length)));
        String expected = "head" + text.substring(2, 10) + text.substring(20, length - 1);
        assertThat(spliced.size()).isEqualTo(expected.length());
        assertThat(new String(spliced.open().readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(expected);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            int from = random.nextInt(expected.length());
            byte[] target = new byte[20];
            int read = spliced.read(from, target, 3, 1 + random.nextInt(17));
            assertThat(read).isPositive();
            assertThat(new String(target, 3, read, StandardCharsets.US_ASCII))
                    .isEqualTo(expected.substring(from, from + read));
        }
        assertThat(spliced.read(expected.length(), new byte[1], 0, 1)).isEqualTo(-1);
    }

    @Test
    void endsWithWhatItIsMadeOf() throws IOException {
        Content base = content("0123456789");
        Content spliced = new SplicedContent(new byte[3], base, List.of());
        spliced.close();
        assertThatThrownBy(() -> spliced.read(0, new byte[1], 0, 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> base.read(0, new byte[1], 0, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void takesNoRangesThatAreNone() throws IOException {
        Content base = content("0123456789");
        assertThatIllegalArgumentException().isThrownBy(
                () -> new SplicedContent(new byte[0], base, List.of(new Range(5, 7), new Range(2, 3))));
        assertThatIllegalArgumentException().isThrownBy(
                () -> new SplicedContent(new byte[0], base, List.of(new Range(5, 11))));
    }
}
