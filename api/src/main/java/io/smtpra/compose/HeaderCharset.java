package io.smtpra.compose;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * In what a header line that is not ASCII is written. Jakarta Mail reads a header octet by octet, each a character,
 * unless told that it is UTF-8; written in UTF-8 such a header would be encoded a second time.
 */
enum HeaderCharset {

    /** A header that an application has made. */
    MADE,

    /** One that was read octet by octet. */
    READ_AS_OCTETS,

    /** One that was read as UTF-8. */
    READ_AS_UTF8;

    /** Jakarta Mail's own switch. */
    private static final String SWITCH = "mail.mime.allowutf8";

    private static final Charset OF_MADE = "false".equalsIgnoreCase(System.getProperty(SWITCH))
            ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;

    /** That of a message or part, whatever has become of its content. */
    static HeaderCharset of(MimePart part) {
        if (part instanceof Known known) {
            return known.headerCharset();
        }
        if (!ParsedContent.wasRead(part)) {
            return MADE;
        }
        if ("true".equalsIgnoreCase(System.getProperty(SWITCH))) {
            return READ_AS_UTF8;
        }
        // The headers of parts are read without a look at the session.
        return part instanceof MimeMessage message && allowsUtf8(message.getSession()) ? READ_AS_UTF8 : READ_AS_OCTETS;
    }

    /** The octets of a header line. */
    byte[] octets(String line) {
        return switch (this) {
            case MADE -> line.getBytes(OF_MADE);
            case READ_AS_UTF8 -> line.getBytes(StandardCharsets.UTF_8);
            // A character above that was set by the application.
            case READ_AS_OCTETS -> line.getBytes(line.chars().allMatch(c -> c <= 0xff)
                    ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        };
    }

    /** What a header's value means that was read with this. */
    String text(String value) {
        if (this != READ_AS_OCTETS) {
            return value;
        }
        byte[] octets = octets(value);
        return isUtf8(octets) ? new String(octets, StandardCharsets.UTF_8) : value;
    }

    /**
     * The octets of a header line that is not of ASCII characters alone.
     *
     * @param signed whether it may not be changed; else domains that an application has set are in ASCII then
     */
    byte[] octets(String line, boolean signed) {
        byte[] octets = octets(line);
        return signed || this != MADE && isUtf8(octets) ? octets : octets(AddressHeader.withAsciiDomains(line));
    }

    private static boolean isUtf8(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean allowsUtf8(Session session) {
        return session != null && "true".equalsIgnoreCase(String.valueOf(session.getProperties().get(SWITCH)));
    }

    /** What knows it. */
    interface Known {
        HeaderCharset headerCharset();
    }
}
