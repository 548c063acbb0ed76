package io.smtpra.ra.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of one content. Made when its first octets are written, by the thread that writes them. */
final class SpoolFile {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFile.class);

    private final SpoolDirectory directory;
    private final Path path;
    private ByteChannel channel;
    private boolean deleted;

    SpoolFile(SpoolDirectory directory, Path path) {
        this.directory = directory;
        this.path = path;
    }

    Path path() {
        return path;
    }

    synchronized void write(byte[] chunk, int length) throws IOException {
        if (deleted) {
            return;
        }
        if (channel == null) {
            SeekableByteChannel made = directory.create(path);
            channel = made;
        }
        ByteBuffer rest = ByteBuffer.wrap(chunk, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
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
