package io.smtpra.ra.outbound.compose;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A message that an application has made of one content, a text mostly, and saved. It is written here as it would write
 * itself, which takes several times as long: see {@link LineStream}.
 */
final class SimpleMessage {

    private final MimeMessage message;
    private final DataHandler content;
    private final String encoding;
    private final ContentTypes types;

    private SimpleMessage(MimeMessage message, DataHandler content, String encoding, ContentTypes types) {
        this.message = message;
        this.content = content;
        this.encoding = encoding;
        this.types = types;
    }

    /** Absent if the message is of another kind, and must write itself. */
    static Optional<SimpleMessage> of(MimeMessage message, ContentTypes types) throws MessagingException {
        if (message.getClass() != MimeMessage.class || message.getSession() == null || !isSaved(message)) {
            return Optional.empty();
        }
        DataHandler content = message.getDataHandler();
        String encoding = message.getEncoding().toLowerCase(Locale.ROOT);
        // The handler of a content that was read, not made, is of a class of its own.
        boolean simple = content.getClass() == DataHandler.class
                && types.of(message.getContentType()).single()
                && List.of("7bit", "8bit", "quoted-printable", "base64").contains(encoding);
        return simple ? Optional.of(new SimpleMessage(message, content, encoding, types)) : Optional.empty();
    }

    /** Writes it, but for these headers. */
    void writeTo(LineStream out, String[] leftOut) throws MessagingException, IOException {
        Enumeration<String> header = message.getNonMatchingHeaderLines(leftOut);
        while (header.hasMoreElements()) {
            out.writeln(header.nextElement());
        }
        out.writeln();
        OutputStream encoded = switch (encoding) {
            case "base64" -> encoders().outputBase64(out);
            case "quoted-printable" -> encoders().outputQP(out);
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
        Optional<String> charset = types.of(content.getContentType()).textCharset();
        if (charset.isPresent() && content.getName() == null
                && content.getContent() instanceof String made && content.getContent() == made) {
            return Optional.of(made.getBytes(charset.get()));
        }
        return Optional.empty();
    }

    private StreamProvider encoders() {
        return message.getSession().getStreamProvider();
    }

    /** Whether saving it, which Jakarta Mail would do else, would add nothing to its header. */
    private static boolean isSaved(MimeMessage message) throws MessagingException {
        return message.getHeader("MIME-Version") != null
                && message.getHeader("Content-Type") != null
                && message.getHeader("Content-Transfer-Encoding") != null;
    }
}
