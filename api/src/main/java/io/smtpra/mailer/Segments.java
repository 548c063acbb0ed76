package io.smtpra.mailer;

import io.smtpra.MailContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Contents one behind the other. Each is opened when the one before it has been read, and not at all if nobody comes to
 * it.
 *
 * @param parts in their order
 */
record Segments(List<MailContent> parts) implements MailContent {

    Segments {
        parts = List.copyOf(parts);
    }

    @Override
    public InputStream open() {
        return new Reader(parts.iterator());
    }

    @Override
    public OptionalLong length() throws IOException {
        long length = 0;
        for (MailContent part : parts) {
            OptionalLong own = part.length();
            if (own.isEmpty()) {
                return own;
            }
            length += own.getAsLong();
        }
        return OptionalLong.of(length);
    }

    private static final class Reader extends InputStream {

        private final Iterator<MailContent> left;
        private InputStream current = InputStream.nullInputStream();

        Reader(Iterator<MailContent> left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int octet = current.read();
            while (octet < 0 && next()) {
                octet = current.read();
            }
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = current.read(target, offset, length);
            while (read < 0 && next()) {
                read = current.read(target, offset, length);
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return current.available();
        }

        @Override
        public void close() throws IOException {
            while (left.hasNext()) {
                left.next();
            }
            current.close();
        }

        private boolean next() throws IOException {
            if (!left.hasNext()) {
                return false;
            }
            current.close();
            current = left.next().open();
            return true;
        }
    }
}
