package io.smtpra.ra.outbound.compose;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.LineOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An output that takes whole lines. Jakarta Mail has to make one of any other output before it writes a part, and
 * searches the class path for its maker each time.
 */
abstract class LineStream extends OutputStream implements LineOutputStream {

    private static final byte[] CRLF = {'\r', '\n'};

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
    public void write(byte[] octets) throws IOException {
        write(octets, 0, octets.length);
    }
}
