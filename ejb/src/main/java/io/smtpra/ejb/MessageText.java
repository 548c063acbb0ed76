package io.smtpra.ejb;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Finds the text of a message that a person reads. */
final class MessageText {

    /** More than that of a single text is cut off: a row is not a spool. */
    static final int MAX_OCTETS = 1 << 20;

    /** Deeper nesting than this no mail program makes. */
    private static final int MAX_DEPTH = 20;

    private MessageText() {}

    /**
     * The first plain text that is not an attachment, or else the first HTML.
     *
     * @param message the message
     * @return the text with LF as line end; empty if there is none, or none that can be decoded
     */
    static String of(Part message) {
        try {
            String plain = find(message, "text/plain", 0);
            return plain.isEmpty() ? find(message, "text/html", 0) : plain;
        } catch (MessagingException | IOException e) {
            // Malformed MIME will be no better when it is sent again: the mail is kept without its text.
            return "";
        }
    }

    private static String find(Part part, String type, int depth) throws MessagingException, IOException {
        if (depth > MAX_DEPTH || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return "";
        }
        if (part.isMimeType(type)) {
            return read(part);
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String text = find(inner, type, depth + 1);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    private static String read(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(MAX_OCTETS), charset(part)).replace("\r\n", "\n");
        }
    }

    /** What cannot be read as the sender names it is read as ISO 8859-1: each octet is a character there. */
    private static Charset charset(Part part) throws MessagingException {
        try {
            String name = new ContentType(part.getContentType()).getParameter("charset");
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
        } catch (ParseException | IllegalArgumentException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
