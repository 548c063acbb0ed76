package io.smtpra.ra.outbound.form;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** What becomes of the body of a part. */
enum BodyChange {

    /** It stays as it is. */
    NONE(null),
    /** It is encoded; for a text that is mostly ASCII. */
    TO_QUOTED_PRINTABLE("quoted-printable"),
    /** It is encoded; for anything else. */
    TO_BASE64("base64"),
    /** It is in base64 already, in lines too long. */
    BASE64_IN_SHORT_LINES(null),
    /** It is quoted-printable already, in lines too long. */
    QUOTED_PRINTABLE_IN_SHORT_LINES(null);

    /** RFC 2045 section 6.7: a line has at most 76 characters. */
    private static final int LINE = 76;

    private final String encoding;

    BodyChange(String encoding) {
        this.encoding = encoding;
    }

    /** How to change a part that cannot go as it is. */
    static BodyChange of(MimeEntity entity, boolean eightBit) throws UnencodableException {
        if (entity.type.startsWith("multipart/")) {
            throw new UnencodableException("a multipart of it has no boundary");
        }
        if (entity.isIdentity()) {
            boolean text = entity.type.startsWith("text/") && !entity.encoding.equals("binary");
            return text ? TO_QUOTED_PRINTABLE : TO_BASE64;
        }
        if (eightBit) {
            throw new UnencodableException("a part of it has octets above 127, which its encoding forbids");
        }
        return switch (entity.encoding) {
            case "base64" -> BASE64_IN_SHORT_LINES;
            case "quoted-printable" -> QUOTED_PRINTABLE_IN_SHORT_LINES;
            default -> throw new UnencodableException("a part of it is in an encoding that is not known");
        };
    }

    /** The encoding that the header says afterwards, if it is another. */
    Optional<String> encoding() {
        return Optional.ofNullable(encoding);
    }

    /** Where the octets go to be changed; flushed at the end. */
    OutputStream encoder(OutputStream out) {
        return switch (this) {
            case NONE -> out;
            case TO_QUOTED_PRINTABLE, TO_BASE64 -> standard(out);
            case BASE64_IN_SHORT_LINES -> new ShortBase64(out);
            case QUOTED_PRINTABLE_IN_SHORT_LINES -> new ShortQuotedPrintable(out);
        };
    }

    private OutputStream standard(OutputStream out) {
        try {
            return MimeUtility.encode(out, encoding);
        } catch (MessagingException e) {
            throw new IllegalStateException("Jakarta Mail knows no " + encoding, e);
        }
    }

    /** Breaks lines where they are long enough, and nowhere else. */
    private static final class ShortBase64 extends FilterOutputStream {

        private int column;

        ShortBase64(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            if (octet <= ' ') {
                return;
            }
            if (column == LINE) {
                out.write('\r');
                out.write('\n');
                column = 0;
            }
            out.write(octet);
            column++;
        }
    }

    /** Puts soft line breaks into lines that are too long, never into an encoded octet. */
    private static final class ShortQuotedPrintable extends FilterOutputStream {

        private int column;

        ShortQuotedPrintable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            if (octet == '\r' || octet == '\n') {
                column = 0;
            } else if (column >= (octet == '=' ? LINE - 3 : LINE - 1)) {
                // An encoded octet has three characters, and the last of the line is the soft break's.
                breakLine();
                column = 1;
            } else {
                column++;
            }
            out.write(octet);
        }

        private void breakLine() throws IOException {
            out.write('=');
            out.write('\r');
            out.write('\n');
        }
    }
}
