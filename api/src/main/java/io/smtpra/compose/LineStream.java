package io.smtpra.compose;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.LineOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An output that takes whole lines. Jakarta Mail has to make one of any other output before it writes a part, and
 * searches the class path for its maker each time. It has a buffer, for Jakarta Mail passes a text on octet by octet.
 */
final class LineStream extends OutputStream implements LineOutputStream {

    private static final byte[] CRLF = {'\r', '\n'};
    private static final int BUFFER = 4 * 1_024;

    private final OutputStream target;
    private final byte[] buffer = new byte[BUFFER];
    private int length;

    LineStream(OutputStream target) {
        this.target = target;
    }

    /**
     * Writes a header line, folded or not.
     *
     * @param part whose line it is; looked at only if the line is not of ASCII characters alone, which is rare
     * @throws BrokenHeaderException if it would become more than one header
     */
    void writeHeader(String line, MimePart part) throws IOException, MessagingException {
        BrokenHeaderException.check(line);
        byte[] octets = line.getBytes(StandardCharsets.UTF_8);
        boolean ascii = octets.length == line.length();
        write(ascii ? octets : HeaderCharset.of(part).octets(line, part.getHeader("DKIM-Signature") != null));
        writeln();
    }

    /** Writes a line; those that Jakarta Mail writes are headers and boundaries. */
    @Override
    public void writeln(String line) throws IOException {
        BrokenHeaderException.check(line);
        write(HeaderCharset.MADE.octets(line));
        writeln();
    }

    @Override
    public void writeln() throws IOException {
        write(CRLF);
    }

    @Override
    public void write(int octet) throws IOException {
        if (length == buffer.length) {
            pass();
        }
        buffer[length++] = (byte) octet;
    }

    @Override
    public void write(byte[] octets) throws IOException {
        write(octets, 0, octets.length);
    }

    @Override
    public void write(byte[] octets, int offset, int count) throws IOException {
        if (count > buffer.length - length) {
            pass();
        }
        if (count > buffer.length) {
            target.write(octets, offset, count);
        } else {
            System.arraycopy(octets, offset, buffer, length, count);
            length += count;
        }
    }

    /** Passes on what is left. It is not done in {@code flush}, which Jakarta Mail calls after each part. */
    void pass() throws IOException {
        if (length > 0) {
            target.write(buffer, 0, length);
            length = 0;
        }
    }
}
