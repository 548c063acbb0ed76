package io.smtpra.ra.outbound;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A message that an application has made of one content, a text mostly, and saved. It is written here as it would write
 * itself, which takes several times as long: see {@link LineStream}.
 */
final class SimpleMessage {

    private static final List<String> NEEDED = List.of("MIME-Version", "Content-Type", "Content-Transfer-Encoding");

    private final MimeMessage message;
    private final DataHandler content;
    private final String encoding;
    private final StreamProvider encoders;

    private SimpleMessage(MimeMessage message, DataHandler content, String encoding, StreamProvider encoders) {
        this.message = message;
        this.content = content;
        this.encoding = encoding;
        this.encoders = encoders;
    }

    /** Absent if the message is of another kind, and must write itself. */
    static Optional<SimpleMessage> of(MimeMessage message) throws MessagingException {
        if (message.getClass() != MimeMessage.class || message.getSession() == null || !isSaved(message)) {
            return Optional.empty();
        }
        DataHandler content = message.getDataHandler();
        String encoding = message.getEncoding().toLowerCase(Locale.ROOT);
        // The handler of a content that was read, not made, is of a class of its own.
        boolean simple = content.getClass() == DataHandler.class
                && !isComposite(message.getContentType())
                && List.of("7bit", "8bit", "quoted-printable", "base64").contains(encoding);
        return simple
                ? Optional.of(new SimpleMessage(message, content, encoding, message.getSession().getStreamProvider()))
                : Optional.empty();
    }

    /** Writes it, but for these headers. */
    void writeTo(LineStream out, String[] leftOut) throws MessagingException, IOException {
        Enumeration<String> header = message.getNonMatchingHeaderLines(leftOut);
        while (header.hasMoreElements()) {
            out.writeln(header.nextElement());
        }
        out.writeln();
        OutputStream encoded = switch (encoding) {
            case "base64" -> encoders.outputBase64(out);
            case "quoted-printable" -> encoders.outputQP(out);
            default -> out;
        };
        Optional<byte[]> text = text();
        if (text.isPresent()) {
            encoded.write(text.get());
        } else {
            content.writeTo(encoded);
        }
        encoded.flush();
    }

    /**
     * The octets of a content that is a text. Jakarta Mail's own handler of texts passes them on one by one.
     *
     * <p>A handler with a name, or whose content is made anew each time, has a source, whose octets are not looked at.
     */
    private Optional<byte[]> text() throws MessagingException, IOException {
        ContentType type = new ContentType(content.getContentType());
        boolean plain = type.match("text/plain") || type.match("text/html");
        if (plain && content.getName() == null
                && content.getContent() instanceof String made && content.getContent() == made) {
            String charset = MimeUtility.javaCharset(Objects.requireNonNullElse(type.getParameter("charset"), "us-ascii"));
            return Optional.of(made.getBytes(charset));
        }
        return Optional.empty();
    }

    private static boolean isComposite(String contentType) {
        try {
            ContentType type = new ContentType(contentType);
            return type.match("multipart/*") || type.match("message/*");
        } catch (ParseException e) {
            return true;
        }
    }

    /** Whether saving it, which Jakarta Mail would do else, would add nothing to its header. */
    private static boolean isSaved(MimeMessage message) throws MessagingException {
        for (String name : NEEDED) {
            if (message.getHeader(name) == null) {
                return false;
            }
        }
        return true;
    }
}
