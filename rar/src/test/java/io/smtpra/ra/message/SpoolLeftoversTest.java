package io.smtpra.ra.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolLeftoversTest {

    private static final String DEAD = "smtp-ra-99-1000000000000-0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void leftoversOfACrashAreDeletedAndNothingElse() throws IOException {
        make(DEAD + ".lock");
        make(DEAD + "-1.content");
        make(DEAD + "-22.content");
        make("smtp-ra-98-1000000000000-0123456789abcdef-1.content");
        make("letter.content");
        make("smtp-ra.txt");

        open().close();

        assertThat(names()).containsExactly("letter.content", "smtp-ra.txt");
    }

    @Test
    void otherInstanceOfTheSameProcessKeepsItsFiles() throws IOException {
        try (ContentStore first = open()) {
            ContentWriter writer = first.newContent(Long.MAX_VALUE);
            writer.write(ByteBuffer.allocate(100_000));

            open().close();

            assertThat(names()).hasSize(2);
            writer.abort();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void instanceInAnotherProcessKeepsItsFilesUntilItIsKilled() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp", System.getProperty("java.class.path"), Holder.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("holding");
            assertThat(names()).hasSize(2);

            open().close();
            assertThat(names()).hasSize(2);

            other.destroyForcibly();
            assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
            open().close();
            assertThat(names()).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void contentOutlivesItsStore() throws IOException {
        ContentStore store = open();
        ContentWriter writer = store.newContent(Long.MAX_VALUE);
        writer.write(ByteBuffer.allocate(100));
        Content content = ((StoreResult.Stored) writer.finish().toCompletableFuture().join()).content();

        store.close();

        assertThat(content.open().readAllBytes()).hasSize(100);
        assertThat(names()).hasSize(2);
        content.close();
        assertThat(names()).isEmpty();
    }

    @Test
    void aNewDirectoryIsClosedToOthers() throws IOException {
        Path spool = directory.resolve("a/b");
        new ContentStore(new StoreConfig(0, StoreConfig.LEAST_MEMORY, spool, Runnable::run)).close();
        assertThat(permissions(spool)).isEqualTo("rwx------");
    }

    @Test
    void anOpenDirectoryIsClosedToOthers() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        open().close();
        assertThat(permissions(directory)).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws IOException {
        Path spool = Files.createDirectory(directory.resolve("foreign"));
        UserPrincipal other = spool.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try {
            Files.setOwner(spool, other);
        } catch (IOException e) {
            assumeThat(e).as("only root can give files away").isNull();
        }

        assertThatThrownBy(() -> new ContentStore(
                new StoreConfig(0, StoreConfig.LEAST_MEMORY, spool, Runnable::run)))
                .hasMessageContaining(spool.toString()).hasMessageContaining("belongs to nobody");
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void aFileOfAContentIsDeletedByTheExecutorAlone() throws IOException {
        List<Runnable> later = new ArrayList<>();
        AtomicBoolean direct = new AtomicBoolean(true);
        ContentStore store = new ContentStore(new StoreConfig(0, StoreConfig.LEAST_MEMORY, directory, task -> {
            if (direct.get()) {
                task.run();
            } else {
                later.add(task);
            }
        }));
        ContentWriter writer = store.newContent(Long.MAX_VALUE);
        writer.write(ByteBuffer.allocate(100));
        Content content = ((StoreResult.Stored) writer.finish().toCompletableFuture().join()).content();
        direct.set(false);

        content.close();
        store.close();

        assertThat(names()).hasSize(2);
        later.forEach(Runnable::run);
        assertThat(names()).isEmpty();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void unusableDirectoryIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> new ContentStore(new StoreConfig(0, StoreConfig.LEAST_MEMORY, file, Runnable::run)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    private ContentStore open() throws IOException {
        return new ContentStore(new StoreConfig(0, StoreConfig.LEAST_MEMORY, directory, Runnable::run));
    }

    private void make(String name) throws IOException {
        Files.createFile(directory.resolve(name));
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** A process that holds one content in a file until it is killed. */
    static final class Holder {

        public static void main(String[] arguments) throws Exception {
            ContentStore store = new ContentStore(
                    new StoreConfig(0, StoreConfig.LEAST_MEMORY, Path.of(arguments[0]), Runnable::run));
            store.newContent(Long.MAX_VALUE).write(ByteBuffer.allocate(100_000));
            System.out.println("holding");
            Thread.sleep(TimeUnit.MINUTES.toMillis(1));
        }
    }
}
