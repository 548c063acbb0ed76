package io.smtpra.ra.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of one content. Made when its first octets are written, by the thread that writes them, and read through the
 * channel that wrote it: whatever happens to its name, these are the octets that came.
 */
final class SpoolFile {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFile.class);
    /** Octets of one read: the JDK keeps a buffer of that size for each thread that reads. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final SpoolDirectory directory;
    private final Path path;
    private Optional<AsynchronousFileChannel> channel = Optional.empty();
    private long size;
    private boolean deleted;

    SpoolFile(SpoolDirectory directory) {
        this.directory = directory;
        this.path = directory.newPath();
    }

    /** Appends full chunks, the last of which need not be full. */
    synchronized void write(List<byte[]> chunks, int usedOfLast) throws IOException {
        if (deleted || chunks.isEmpty()) {
            return;
        }
        if (channel.isEmpty()) {
            channel = Optional.of(directory.createContent(path));
        }
        for (int i = 0; i < chunks.size(); i++) {
            byte[] chunk = chunks.get(i);
            ByteBuffer octets = ByteBuffer.wrap(chunk, 0, i == chunks.size() - 1 ? usedOfLast : chunk.length);
            while (octets.hasRemaining()) {
                size += done(channel.get().write(octets, size));
            }
        }
    }

    /** Reads octets that were written; -1 behind the last. */
    synchronized int read(long position, byte[] target, int offset, int length) throws IOException {
        if (channel.isEmpty()) {
            return -1;
        }
        ByteBuffer octets = ByteBuffer.wrap(target, offset, Math.min(length, MOST_AT_ONCE));
        return done(channel.get().read(octets, position));
    }

    /** Deletes it, but not in the calling thread, which need not wait for the disk. */
    void deleteLater() {
        directory.later(this::delete);
    }

    /** Deletes it, whatever its state; a second time does nothing. */
    synchronized void delete() {
        if (deleted) {
            return;
        }
        deleted = true;
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            LOG.debug("Closing the spool file {} failed; it is deleted anyway", path, e);
        }
        directory.delete(path);
    }

    /** The channel's executor is the calling thread, so that this waits for nothing. */
    private static int done(Future<Integer> octets) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return octets.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
