package io.smtpra.mailer;

import io.smtpra.MailContent;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * A content as base64 in lines (RFC 2045 section 6.8), encoded while it is read.
 *
 * @param source what is encoded
 */
record Base64Lines(MailContent source) implements MailContent {

    private static final int LINE = 76;
    private static final int OCTETS_OF_LINE = LINE / 4 * 3;
    private static final int LINES_AT_ONCE = 140;

    @Override
    public InputStream open() throws IOException {
        return new Encoder(source.open());
    }

    @Override
    public OptionalLong length() throws IOException {
        OptionalLong length = source.length();
        return length.isEmpty() ? length : OptionalLong.of(encodedLength(length.getAsLong()));
    }

    private static long encodedLength(long octets) {
        long characters = (octets + 2) / 3 * 4;
        return characters + 2 * ((characters + LINE - 1) / LINE);
    }

    private static final class Encoder extends FilterInputStream {

        private InputStream encoded = InputStream.nullInputStream();
        private boolean ended;

        Encoder(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            return fill() ? encoded.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return length == 0 ? 0 : fill() ? encoded.read(target, offset, length) : -1;
        }

        @Override
        public long skip(long count) throws IOException {
            return fill() ? encoded.skip(count) : 0;
        }

        @Override
        public int available() throws IOException {
            return encoded.available();
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Whether there is something to read. */
        private boolean fill() throws IOException {
            if (encoded.available() > 0) {
                return true;
            }
            byte[] octets = ended ? new byte[0] : in.readNBytes(OCTETS_OF_LINE * LINES_AT_ONCE);
            ended = octets.length < OCTETS_OF_LINE * LINES_AT_ONCE;
            byte[] lines = Base64.getMimeEncoder().encode(octets);
            byte[] ending = new byte[lines.length + (lines.length > 0 ? 2 : 0)];
            System.arraycopy(lines, 0, ending, 0, lines.length);
            if (lines.length > 0) {
                ending[lines.length] = '\r';
                ending[lines.length + 1] = '\n';
            }
            encoded = new ByteArrayInputStream(ending);
            return ending.length > 0;
        }
    }
}
