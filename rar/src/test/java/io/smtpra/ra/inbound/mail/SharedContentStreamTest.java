package io.smtpra.ra.inbound.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.ContentWriter;
import io.smtpra.ra.message.StoreConfig;
import io.smtpra.ra.message.StoreResult.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedContentStreamTest {

    private static final int LONG = 300_000;

    @TempDir
    private Path directory;

    private ContentStore memory;
    private ContentStore file;

    @BeforeEach
    void openStores() throws IOException {
        memory = new ContentStore(new StoreConfig(1 << 20, 1 << 22, directory.resolve("memory"), Runnable::run));
        file = new ContentStore(new StoreConfig(0, 1 << 22, directory.resolve("file"), Runnable::run));
    }

    @AfterEach
    void closeStores() {
        memory.close();
        file.close();
    }

    @Test
    void rangesAreRelativeToTheirOrigin() throws IOException {
        SharedContentStream whole = of("0123456789");
        SharedContentStream middle = whole.newStream(2, 8);
        InputStream inner = middle.newStream(1, -1);
        assertThat(text(inner)).isEqualTo("34567");
        assertThat(text(middle)).isEqualTo("234567");
        assertThat(text(whole)).isEqualTo("0123456789");
        assertThat(text(whole.newStream(12, -1))).isEmpty();
        assertThat(text(middle.newStream(4, 100))).isEqualTo("67");
        assertThatThrownBy(() -> whole.newStream(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> whole.newStream(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLeftGoesIntoAnother(boolean inMemory) throws IOException {
        byte[] octets = new byte[LONG];
        new Random(1).nextBytes(octets);
        SharedContentStream stream = new SharedContentStream(
                stored(inMemory ? memory : file, octets), 0, LONG);
        stream.skip(10);
        stream.read();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        assertThat(stream.transferTo(rest)).isEqualTo(LONG - 11);
        assertThat(rest.toByteArray()).isEqualTo(Arrays.copyOfRange(octets, 11, LONG));
        assertThat(stream.transferTo(rest)).isZero();
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void itKnowsWhereItIs() throws IOException {
        SharedContentStream middle = of("0123456789").newStream(2, 8);
        assertThat(middle.getPosition()).isZero();
        assertThat(middle.read()).isEqualTo('2');
        assertThat(middle.skip(2)).isEqualTo(2);
        assertThat(middle.getPosition()).isEqualTo(3);
        assertThat(middle.available()).isEqualTo(3);
        assertThat(middle.skip(-1)).isZero();
        assertThat(middle.skip(100)).isEqualTo(3);
        assertThat(middle.read()).isEqualTo(-1);
        assertThat(middle.read(new byte[4], 0, 4)).isEqualTo(-1);
        assertThat(middle.read(new byte[4], 0, 0)).isZero();
    }

    @Test
    void itCanGoBackToAMark() throws IOException {
        SharedContentStream whole = of("0123456789");
        whole.skip(3);
        whole.mark(100);
        assertThat(text(whole)).isEqualTo("3456789");
        whole.reset();
        assertThat(whole.getPosition()).isEqualTo(3);
        assertThat(text(whole)).isEqualTo("3456789");
        assertThatThrownBy(() -> of("0123456789").reset()).isInstanceOf(IOException.class);
    }

    /** Every way of going somewhere, mixed at random, beside the JDK's stream over the same octets. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itReadsAsAnArrayDoes(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] octets = new byte[LONG];
        random.nextBytes(octets);
        for (ContentStore store : new ContentStore[] {memory, file}) {
            try (Content content = stored(store, octets)) {
                int start = random.nextInt(LONG);
                int end = start + random.nextInt(LONG - start + 1);
                compare(new SharedContentStream(content, 0, LONG).newStream(start, end),
                        new ByteArrayInputStream(octets, start, end - start), random);
            }
        }
    }

    private static void compare(InputStream ours, InputStream reference, Random random) throws IOException {
        ours.mark(0);
        reference.mark(0);
        for (int i = 0; i < 2_000; i++) {
            switch (random.nextInt(6)) {
                case 0 -> assertThat(ours.read()).isEqualTo(reference.read());
                case 1 -> {
                    int length = random.nextInt(20_000);
                    // a stream may give less than was asked for: at the end they stand at the same place
                    assertThat(ours.readNBytes(length)).isEqualTo(reference.readNBytes(length));
                }
                case 2 -> {
                    int length = random.nextInt(100);
                    assertThat(ours.readNBytes(length)).isEqualTo(reference.readNBytes(length));
                }
                case 3 -> {
                    int count = random.nextInt(10_000);
                    assertThat(ours.skip(count)).isEqualTo(reference.skip(count));
                }
                case 4 -> {
                    ours.mark(0);
                    reference.mark(0);
                }
                default -> {
                    ours.reset();
                    reference.reset();
                }
            }
            assertThat(ours.available()).isEqualTo(reference.available());
        }
    }

    /** The file is gone by name, and nothing that is read afterwards misses it. */
    @Test
    void nothingIsOpenedOnceAMailIsThere() throws IOException {
        byte[] octets = new byte[LONG];
        new Random(5).nextBytes(octets);
        try (Content content = stored(file, octets)) {
            try (Stream<Path> files = Files.list(directory.resolve("file"))) {
                for (Path path : files.filter(path -> path.toString().endsWith(".content")).toList()) {
                    Files.delete(path);
                }
            }
            SharedContentStream whole = new SharedContentStream(content, 0, LONG);
            for (int i = 0; i < 1_000; i++) {
                // left open on purpose: a bean may do that
                assertThat(whole.newStream(i, -1).read()).isEqualTo(octets[i] & 0xFF);
            }
        }
    }

    @Test
    void whatIsInTheBufferIsNotReadOnceTheContentIsClosed() throws IOException {
        Content content = stored(memory, "0123456789".getBytes(StandardCharsets.US_ASCII));
        SharedContentStream whole = new SharedContentStream(content, 0, 10);
        assertThat(whole.read()).isEqualTo('0');
        content.close();
        assertThatThrownBy(whole::read).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> whole.read(new byte[2], 0, 2)).isInstanceOf(IOException.class);
    }

    private SharedContentStream of(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return new SharedContentStream(stored(memory, octets), 0, octets.length);
    }

    private static Content stored(ContentStore store, byte[] octets) {
        ContentWriter writer = store.newContent(Long.MAX_VALUE);
        writer.write(ByteBuffer.wrap(octets));
        return ((Stored) writer.finish().toCompletableFuture().join()).content();
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    }
}
