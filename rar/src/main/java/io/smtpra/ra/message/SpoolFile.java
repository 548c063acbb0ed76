package io.smtpra.ra.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of one content. Made when its first octets are written, by the thread that writes them. */
final class SpoolFile {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFile.class);

    private final SpoolDirectory directory;
    private final Path path;
    private FileChannel channel;
    private boolean deleted;

    SpoolFile(SpoolDirectory directory, Path path) {
        this.directory = directory;
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Appends full chunks, the last of which need not be full. */
    synchronized void write(List<byte[]> chunks, int usedOfLast) throws IOException {
        if (deleted || chunks.isEmpty()) {
            return;
        }
        if (channel == null) {
            channel = directory.create(path);
        }
        ByteBuffer[] buffers = chunks.stream().map(ByteBuffer::wrap).toArray(ByteBuffer[]::new);
        ByteBuffer last = buffers[buffers.length - 1].limit(usedOfLast);
        while (last.hasRemaining()) {
            channel.write(buffers);
        }
    }

    /** Ends the writing. An error that the file system has kept back comes out here. */
    synchronized void complete() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** Deletes it, whatever its state; a second time does nothing. */
    synchronized void delete() {
        if (deleted) {
            return;
        }
        deleted = true;
        try {
            complete();
        } catch (IOException e) {
            LOG.debug("Closing the spool file {} failed; it is deleted anyway", path, e);
        }
        directory.delete(path);
    }
}
