package io.smtpra.ra.outbound.compose;

import jakarta.mail.util.LineOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * An output that takes whole lines. Jakarta Mail has to make one of any other output before it writes a part, and
 * searches the class path for its maker each time.
 */
abstract class LineStream extends OutputStream implements LineOutputStream {

    private static final byte[] CRLF = {'\r', '\n'};

    /**
     * Writes a header line, folded or not.
     *
     * @param signed whether it may not be changed
     * @throws BrokenHeaderException if it would become more than one header
     */
    void writeHeader(String line, HeaderCharset charset, boolean signed) throws IOException {
        BrokenHeaderException.check(line);
        write(signed ? charset.octets(line) : charset.octetsInForm(line));
        writeln();
    }

    /** Writes a line; those that Jakarta Mail writes are headers and boundaries. */
    @Override
    public void writeln(String line) throws IOException {
        writeHeader(line, HeaderCharset.MADE, true);
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
