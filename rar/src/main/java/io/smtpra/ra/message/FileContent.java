package io.smtpra.ra.message;

import java.io.EOFException;
import java.io.IOException;

/** A content in a file of its own. */
final class FileContent extends StoredContent {

    private final SpoolFile file;

    /** Takes the file over. */
    FileContent(SpoolFile file, long size) {
        super(size);
        this.file = file;
    }

    @Override
    int readOpen(long position, byte[] target, int offset, int length) throws IOException {
        int read = file.read(position, target, offset, length);
        if (read <= 0) {
            throw new EOFException("The spool file ends at " + position + " of " + size() + " octets");
        }
        return read;
    }

    @Override
    void free() {
        file.deleteLater();
    }
}
