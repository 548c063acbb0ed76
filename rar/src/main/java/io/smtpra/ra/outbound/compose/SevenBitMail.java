package io.smtpra.ra.outbound.compose;

import io.smtpra.MailContent;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Writes a mail anew with octets below 128 alone, for a next hop that takes no others (RFC 6152 section 3): parts that
 * need it become quoted-printable or base64, and all else stays as it was. What cannot be done so is an exception.
 */
final class SevenBitMail {

    /** It is held in memory while that is done, several times. */
    static final long MAX_SIZE = 16L << 20;

    private static final String ENCODING = "Content-Transfer-Encoding";
    private static final byte[] CRLF = {'\r', '\n'};

    private final Session session = Session.getInstance(new Properties());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private SevenBitMail() {}

    static MailContent of(MailContent content) throws MessagingException, IOException {
        SevenBitMail converted = new SevenBitMail();
        try (InputStream in = content.open()) {
            MimeMessage message = new MimeMessage(converted.session, in);
            boolean mime = message.getHeader("MIME-Version") != null;
            if (!mime) {
                converted.line("MIME-Version: 1.0");
            }
            if (!mime && message.getHeader("Content-Type") == null) {
                // RFC 1428 section 3: nobody has said what the octets above 127 mean.
                message.setHeader("Content-Type", "text/plain; charset=unknown-8bit");
            }
            converted.entity(message);
        }
        return MailContent.of(converted.out.toByteArray());
    }

    private void entity(MimePart part) throws MessagingException, IOException {
        byte[] body = body(part);
        if (!isEightBit(body) && !"binary".equals(encoding(part))) {
            headers(part, Optional.empty());
            out.write(body);
        } else if (part.isMimeType("multipart/*")) {
            multipart(part, body);
        } else if (part.isMimeType("message/rfc822")) {
            headers(part, Optional.of("7bit"));
            entity(new MimeMessage(session, new ByteArrayInputStream(body)));
        } else {
            leaf(part, body);
        }
    }

    private void multipart(MimePart part, byte[] body) throws MessagingException, IOException {
        if (part.isMimeType("multipart/signed")) {
            throw new MessagingException("it is signed, and the signature would break");
        }
        String type = part.getContentType();
        String boundary = new ContentType(type).getParameter("boundary");
        if (boundary == null) {
            throw new MessagingException("a multipart has no boundary");
        }
        headers(part, Optional.of("7bit"));
        MimeMultipart parts = new MimeMultipart(new ByteArrayDataSource(body, type));
        for (int i = 0; i < parts.getCount(); i++) {
            line((i == 0 ? "" : "\r\n") + "--" + boundary);
            entity((MimeBodyPart) parts.getBodyPart(i));
        }
        line("\r\n--" + boundary + "--");
    }

    private void leaf(MimePart part, byte[] body) throws MessagingException, IOException {
        String encoding = encoding(part);
        if (!encoding.equals("7bit") && !encoding.equals("8bit") && !encoding.equals("binary")) {
            throw new MessagingException("a part has octets above 127, which its encoding forbids");
        }
        boolean text = part.isMimeType("text/*") && !encoding.equals("binary");
        String other = text ? "quoted-printable" : "base64";
        headers(part, Optional.of(other));
        OutputStream encoder = MimeUtility.encode(out, other);
        encoder.write(body);
        encoder.flush();
    }

    /** The header as it stands, but for the encoding if that changes, and the empty line behind it. */
    private void headers(MimePart part, Optional<String> encoding) throws MessagingException, IOException {
        Enumeration<String> lines = part.getAllHeaderLines();
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            boolean replaced = encoding.isPresent() && line.regionMatches(true, 0, ENCODING, 0, ENCODING.length());
            if (!replaced) {
                line(line);
            }
        }
        if (encoding.isPresent()) {
            line(ENCODING + ": " + encoding.get());
        }
        out.write(CRLF);
    }

    private void line(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write(CRLF);
    }

    private static String encoding(MimePart part) throws MessagingException {
        String encoding = part.getEncoding();
        return encoding == null ? "7bit" : encoding.toLowerCase(Locale.ROOT);
    }

    private static byte[] body(MimePart part) throws MessagingException, IOException {
        try (InputStream raw = part instanceof MimeMessage message
                ? message.getRawInputStream() : ((MimeBodyPart) part).getRawInputStream()) {
            return raw.readAllBytes();
        }
    }

    private static boolean isEightBit(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }
}
