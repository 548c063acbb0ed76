package io.smtpra.ra.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.message.StoreResult.Failed;
import io.smtpra.ra.message.StoreResult.Stored;
import io.smtpra.ra.message.StoreResult.TooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentStoreTest {

    private static final long THRESHOLD = 50_000;
    private static final long MEMORY = 64L * ChunkPool.CHUNK_SIZE;

    @TempDir
    private Path directory;

    private final List<ContentStore> stores = new ArrayList<>();

    @AfterEach
    void closeStores() {
        stores.forEach(ContentStore::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 50_000, 50_001, 65_536, 1_000_000})
    void contentComesBackAsItWasWritten(int length) throws IOException {
        ContentStore store = store(Runnable::run);
        byte[] sent = octets(length);

        Content content = stored(write(store, sent, 7_001));

        assertThat(content.size()).isEqualTo(length);
        for (int i = 0; i < 2; i++) {
            try (InputStream in = content.open()) {
                assertThat(in.readAllBytes()).isEqualTo(sent);
            }
        }
        assertThat(spooled()).hasSize(length > THRESHOLD ? 1 : 0);
        content.close();
        content.close();
        assertThat(spooled()).isEmpty();
        assertThat(store.memoryInUse()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000})
    void closedContentCannotBeRead(int length) throws IOException {
        Content content = stored(write(store(Runnable::run), octets(length), 8192));
        InputStream open = content.open();
        assertThat(open.read()).isNotNegative();

        content.close();

        assertThatThrownBy(open::read).isInstanceOf(IOException.class).hasMessage("The content is closed");
        assertThatThrownBy(open::available).isInstanceOf(IOException.class);
        assertThatThrownBy(content::open).isInstanceOf(IOException.class);
    }

    @Test
    void fileIsForTheOwnerAlone() throws IOException {
        try (Content content = stored(write(store(Runnable::run), octets(100_000), 8192))) {
            assertThat(content.size()).isEqualTo(100_000);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spooled().get(0))))
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 60_000, 900_000})
    void tooLongContentIsSwallowed(int length) throws IOException {
        ContentStore store = store(Runnable::run);
        ContentWriter writer = store.newContent(Math.min(length - 1, 80_000));

        StoreResult result = write(writer, octets(length), 4096);

        assertThat(result).isEqualTo(new TooLarge(length));
        assertThat(store.memoryInUse()).isZero();
        assertThat(spooled()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 100_000})
    void abortFreesEverything(int length) throws IOException {
        ContentStore store = store(Runnable::run);
        ContentWriter writer = store.newContent(Long.MAX_VALUE);
        writer.write(ByteBuffer.wrap(octets(length)));

        writer.abort();
        writer.abort();

        assertThat(store.memoryInUse()).isZero();
        assertThat(spooled()).isEmpty();
    }

    @Test
    void callerIsAskedToWaitWhileTheFileIsBehind() throws IOException {
        Queue<Runnable> disk = new ArrayDeque<>();
        ContentStore store = store(disk::add);
        ContentWriter writer = store.newContent(Long.MAX_VALUE);
        byte[] sent = octets(300_000);

        CompletionStage<Void> wait = writer.write(ByteBuffer.wrap(sent, 0, 200_000));

        assertThat(wait.toCompletableFuture()).isNotDone();
        assertThat(spooled()).as("nothing is written by the caller").isEmpty();
        runAll(disk);
        assertThat(wait.toCompletableFuture()).isCompleted();
        writer.write(ByteBuffer.wrap(sent, 200_000, 100_000));
        CompletionStage<StoreResult> result = writer.finish();
        assertThat(result.toCompletableFuture()).isNotDone();
        runAll(disk);
        try (Content content = stored(result.toCompletableFuture().join()); InputStream in = content.open()) {
            assertThat(in.readAllBytes()).isEqualTo(sent);
        }
    }

    @Test
    void failingDiskIsToldAtTheEnd() throws IOException {
        ContentStore store = store(Runnable::run);
        ContentWriter writer = store.newContent(Long.MAX_VALUE);
        Path elsewhere = directory.resolveSibling(directory.getFileName() + "-moved");
        Files.move(directory, elsewhere);
        try {
            StoreResult result = write(writer, octets(3_000_000), 8192);

            assertThat(result).isInstanceOf(Failed.class);
            assertThat(store.memoryInUse()).isZero();
        } finally {
            Files.move(elsewhere, directory);
        }
    }

    @Test
    void executorThatTakesNoMoreIsAFailure() throws IOException {
        ContentStore store = store(task -> {
            throw new RejectedExecutionException("shut down");
        });

        StoreResult result = write(store.newContent(Long.MAX_VALUE), octets(200_000), 8192);

        assertThat(result).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.cause()).hasMessageContaining("shut down"));
        assertThat(store.memoryInUse()).isZero();
    }

    @Test
    void memoryOfAllContentsIsBounded() throws IOException {
        ContentStore store = store(Runnable::run);
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            contents.add(stored(write(store, octets(40_000), 8192)));
            assertThat(store.memoryInUse()).isLessThanOrEqualTo(MEMORY * 3 / 4);
        }

        assertThat(spooled()).as("those that found no memory").isNotEmpty();
        contents.forEach(Content::close);
        assertThat(store.memoryInUse()).isZero();
    }

    @Test
    void fullMemoryIsLeftToTheShortContents() throws IOException {
        ContentStore store = store(Runnable::run);
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            contents.add(stored(write(store, octets(1_000), 8192)));
        }

        contents.add(stored(write(store, octets(40_000), 8192)));
        assertThat(spooled()).hasSize(1);
        contents.add(stored(write(store, octets(1_000), 8192)));
        assertThat(spooled()).hasSize(1);

        contents.forEach(Content::close);
        assertThat(store.memoryInUse()).isZero();
    }

    @Test
    void contentWithoutAnyMemoryFails() throws IOException {
        Queue<Runnable> disk = new ArrayDeque<>();
        ContentStore store = store(disk::add);
        List<ContentWriter> writers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ContentWriter writer = store.newContent(Long.MAX_VALUE);
            writer.write(ByteBuffer.wrap(octets(60_000)));
            writers.add(writer);
            assertThat(store.memoryInUse()).isLessThanOrEqualTo(MEMORY);
        }

        StoreResult last = write(writers.get(39), octets(10), 10);

        assertThat(last).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.cause()).hasMessageContaining("used up"));
        writers.forEach(ContentWriter::abort);
        runAll(disk);
        assertThat(store.memoryInUse()).isZero();
    }

    @Test
    void interruptedReaderSpoilsNothing() throws IOException {
        try (Content content = stored(write(store(Runnable::run), octets(100_000), 8192))) {
            Thread.currentThread().interrupt();
            try (InputStream in = content.open()) {
                assertThat(in.readAllBytes()).hasSize(100_000);
            }
            assertThat(Thread.interrupted()).isTrue();
            try (InputStream in = content.open()) {
                assertThat(in.readAllBytes()).hasSize(100_000);
            }
        }
    }

    private ContentStore store(Executor executor) throws IOException {
        ContentStore store = new ContentStore(new StoreConfig(THRESHOLD, MEMORY, directory, executor));
        stores.add(store);
        return store;
    }

    private static StoreResult write(ContentStore store, byte[] octets, int step) {
        return write(store.newContent(Long.MAX_VALUE), octets, step);
    }

    private static StoreResult write(ContentWriter writer, byte[] octets, int step) {
        for (int at = 0; at < octets.length; at += step) {
            ByteBuffer buffer = ByteBuffer.wrap(octets, at, Math.min(step, octets.length - at));
            writer.write(buffer);
            assertThat(buffer.hasRemaining()).isFalse();
        }
        return writer.finish().toCompletableFuture().join();
    }

    private static Content stored(StoreResult result) {
        return ((Stored) result).content();
    }

    private List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".content")).toList();
        }
    }

    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static void runAll(Queue<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
