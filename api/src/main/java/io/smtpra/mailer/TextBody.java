package io.smtpra.mailer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A text as the body of a part: as it is where every server and program leaves that alone, else quoted-printable or
 * base64, whichever is shorter.
 *
 * @param encoding the {@code Content-Transfer-Encoding}
 * @param octets lines that end in CRLF
 */
record TextBody(String encoding, byte[] octets) {

    /** RFC 5322 section 2.1.1. */
    private static final int WIDTH = 78;
    private static final int QUOTED_WIDTH = 76;

    static TextBody of(String text) {
        String lines = withLineEnds(text);
        byte[] octets = lines.getBytes(StandardCharsets.UTF_8);
        if (lines.lines().allMatch(TextBody::isPlain)) {
            return new TextBody("7bit", octets);
        }
        int encoded = 0;
        for (byte octet : octets) {
            encoded += octet < 32 && octet != '\r' && octet != '\n' && octet != '\t' || octet == '=' ? 1 : 0;
        }
        // of quoted-printable an encoded octet takes three, of base64 any takes four thirds
        return encoded * 6 > octets.length
                ? new TextBody("base64", Base64.getMimeEncoder().encode(octets))
                : new TextBody("quoted-printable", quotedPrintable(octets));
    }

    /** Every line ends in CRLF, also the last one. */
    private static String withLineEnds(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        return lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\r\n";
    }

    /** What old mail programs do to a line that begins with "From " would break signatures. */
    private static boolean isPlain(String line) {
        return line.length() <= WIDTH && !line.endsWith(" ") && !line.endsWith("\t") && !line.startsWith("From ")
                && line.chars().allMatch(c -> c >= 32 && c < 127 || c == '\t');
    }

    /** RFC 2045 section 6.7. */
    private static byte[] quotedPrintable(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + octets.length / 4);
        int column = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\r') {
                out.write('\r');
                out.write('\n');
                i++;
                column = 0;
                continue;
            }
            if (column + 3 > QUOTED_WIDTH - 1) {
                out.writeBytes(new byte[] {'=', '\r', '\n'});
                column = 0;
            }
            boolean literal = isLiteral(octets, i) && !(column == 0 && isFrom(octets, i));
            if (literal) {
                out.write(octets[i]);
            } else {
                out.writeBytes(String.format("=%02X", octets[i] & 0xFF).getBytes(StandardCharsets.US_ASCII));
            }
            column += literal ? 1 : 3;
        }
        return out.toByteArray();
    }

    /** White space stands at no line's end. */
    private static boolean isLiteral(byte[] octets, int at) {
        if (octets[at] == ' ' || octets[at] == '\t') {
            return at + 1 < octets.length && octets[at + 1] != '\r';
        }
        return octets[at] > 32 && octets[at] < 127 && octets[at] != '=';
    }

    private static boolean isFrom(byte[] octets, int at) {
        return at + 5 <= octets.length && new String(octets, at, 5, StandardCharsets.US_ASCII).equals("From ");
    }
}
