package io.smtpra.ra.outbound.compose;

import jakarta.mail.util.LineOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * An output that takes whole lines. Jakarta Mail has to make one of any other output before it writes a part, and
 * searches the class path for its maker each time.
 */
abstract class LineStream extends OutputStream implements LineOutputStream {

    /** Jakarta Mail's own switch: in what it writes a header that is not ASCII. */
    private static final Charset CHARSET = "false".equalsIgnoreCase(System.getProperty("mail.mime.allowutf8"))
            ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;

    private static final byte[] CRLF = {'\r', '\n'};

    @Override
    public void writeln(String line) throws IOException {
        write(line.getBytes(CHARSET));
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
