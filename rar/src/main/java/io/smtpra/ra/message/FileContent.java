package io.smtpra.ra.message;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A content in a file of its own. */
final class FileContent extends StoredContent {

    private final SpoolFile file;
    private final List<FileStream> streams = new ArrayList<>();

    /** Takes the file over. */
    FileContent(SpoolFile file, long size) {
        super(size);
        this.file = file;
    }

    @Override
    InputStream newStream() throws IOException {
        FileStream stream = new FileStream();
        streams.add(stream);
        return stream;
    }

    @Override
    synchronized void free() {
        List.copyOf(streams).forEach(FileStream::close);
        file.delete();
    }

    /** Not a channel's stream: an interrupt of the reading thread must not close it. */
    private final class FileStream extends GuardedStream {

        private final InputStream source = new BufferedInputStream(new FileInputStream(file.path().toFile()));

        private FileStream() throws IOException {}

        @Override
        int readOpen(byte[] target, int offset, int length) throws IOException {
            return source.read(target, offset, length);
        }

        @Override
        int availableOpen() throws IOException {
            return source.available();
        }

        @Override
        public void close() {
            synchronized (FileContent.this) {
                streams.remove(this);
                try {
                    source.close();
                } catch (IOException e) {
                    // it was only read: nothing is lost
                }
            }
        }
    }
}
