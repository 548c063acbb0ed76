package io.smtpra.ra.inbound.mail;

import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.ContentWriter;
import io.smtpra.ra.message.StoreConfig;
import io.smtpra.ra.message.StoreResult.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The mails in {@code src/test/resources/mails}: one oddity each, named after it, with LF as line end. Beside each
 * stands what a person should see of it.
 */
final class Corpus {

    static final Path DIRECTORY = Path.of("src/test/resources/mails");

    private Corpus() {}

    static List<String> names() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".eml"))
                    .map(name -> name.substring(0, name.length() - ".eml".length())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mail as it comes over the wire, with CRLF as line end. */
    static byte[] octets(String name) {
        try {
            return withCrLf(Files.readAllBytes(DIRECTORY.resolve(name + ".eml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] withCrLf(byte[] octets) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte octet : octets) {
            if (octet == '\n') {
                lines.write('\r');
            }
            lines.write(octet);
        }
        return lines.toByteArray();
    }

    /** How a content can be held and given. */
    enum Way {
        MEMORY(Integer.MAX_VALUE, 1 << 20),
        FILE(Integer.MAX_VALUE, 0),
        MEMORY_DRIBBLED(3, 1 << 20),
        FILE_DRIBBLED(1, 0);

        private final int octetsAtATime;
        private final long memoryThreshold;

        Way(int octetsAtATime, long memoryThreshold) {
            this.octetsAtATime = octetsAtATime;
            this.memoryThreshold = memoryThreshold;
        }

        /** Writes the octets, and gives them back, so many at a time. */
        Content content(byte[] octets, Path spool) throws IOException {
            try (ContentStore store =
                    new ContentStore(new StoreConfig(memoryThreshold, 1 << 24, spool, Runnable::run))) {
                ContentWriter writer = store.newContent(Long.MAX_VALUE);
                for (int at = 0; at < octets.length; at += Math.min(octetsAtATime, octets.length - at)) {
                    writer.write(ByteBuffer.wrap(octets, at, Math.min(octetsAtATime, octets.length - at)));
                }
                Stored stored = (Stored) writer.finish().toCompletableFuture().join();
                return new Dribbling(stored.content(), octetsAtATime);
            }
        }
    }

    private record Dribbling(Content content, int octetsAtATime) implements Content {

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            return content.read(position, target, offset, Math.min(length, octetsAtATime));
        }

        @Override
        public void requireOpen() throws IOException {
            content.requireOpen();
        }

        @Override
        public void close() {
            content.close();
        }
    }
}
