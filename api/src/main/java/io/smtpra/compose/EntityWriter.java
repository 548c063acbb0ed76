package io.smtpra.compose;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessageAware;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a message or a part that needs no saving any more: its header, then its content, encoded as the header says.
 */
final class EntityWriter {

    private final LineStream out;
    private final ContentTypes types;
    private final StreamProvider encoders;

    EntityWriter(LineStream out, ContentTypes types, Session session) {
        this.out = out;
        this.types = types;
        this.encoders = session == null ? StreamProvider.provider() : session.getStreamProvider();
    }

    /** Writes it, but for these headers. */
    void write(MimePart part, String... leftOut) throws MessagingException, IOException {
        DataHandler content = part.getDataHandler();
        Optional<Object> changed = changedParts(part);
        Optional<MimePart> encoded = changed.isPresent() ? Optional.empty() : encoded(content, part);
        Enumeration<String> header = part.getNonMatchingHeaderLines(leftOut);
        while (header.hasMoreElements()) {
            out.writeHeader(header.nextElement(), part);
        }
        out.writeln();
        if (encoded.isPresent()) {
            try (InputStream raw = ParsedContent.raw(encoded.get())) {
                raw.transferTo(out);
            }
        } else {
            OutputStream encoder = encoder(part);
            write(content, changed.isPresent() ? changed : MadeContent.of(content), encoder);
            encoder.flush();
        }
    }

    /**
     * Writes a content. What Jakarta Mail would look up a handler for is written here, where it is of a kind that is
     * known: the look-up takes time, and does not find all it should with every thread.
     */
    private void write(DataHandler content, Optional<Object> made, OutputStream target)
            throws MessagingException, IOException {
        if (made.isPresent() && made.get() instanceof MimeMultipart parts) {
            writeParts(parts, target);
        } else if (made.isPresent() && made.get() instanceof MimeMessage message) {
            writeEnclosed(message, target);
        } else {
            Optional<byte[]> text = MadeContent.text(content, types);
            if (text.isPresent()) {
                target.write(text.get());
            } else {
                content.writeTo(target);
            }
        }
    }

    /** RFC 2046 section 5.1.1. Jakarta Mail would write the headers of parts that were read in another charset. */
    private void writeParts(MimeMultipart parts, OutputStream target) throws MessagingException, IOException {
        if (target != out || OwnClasses.writesItself(parts) || parts.getCount() == 0) {
            parts.writeTo(target);
            return;
        }
        String boundary = "--" + new ContentType(parts.getContentType()).getParameter("boundary");
        writePreamble(parts.getPreamble());
        for (int i = 0; i < parts.getCount(); i++) {
            out.writeln(boundary);
            BodyPart part = parts.getBodyPart(i);
            if (part instanceof MimeBodyPart mime && !OwnClasses.writesItself(mime)) {
                write(mime);
            } else {
                part.writeTo(out);
            }
            out.writeln();
        }
        out.writeln(boundary + "--");
    }

    private void writePreamble(String preamble) throws IOException {
        if (preamble != null) {
            out.write(preamble.getBytes(StandardCharsets.ISO_8859_1));
            if (!preamble.isEmpty() && !preamble.endsWith("\r") && !preamble.endsWith("\n")) {
                out.writeln();
            }
        }
    }

    /** The parts of what was read, if one of them was changed since; they count then, not what was read. */
    private static Optional<Object> changedParts(MimePart part) throws MessagingException, IOException {
        boolean changed = part.getDataHandler().getClass() != DataHandler.class
                && ParsedContent.isOwn(part) && !ParsedContent.isUnchanged(part);
        return changed ? Optional.of(part.getContent()) : Optional.empty();
    }

    private void writeEnclosed(MimeMessage message, OutputStream target) throws MessagingException, IOException {
        if (target == out && !OwnClasses.writesItself(message)) {
            write(message);
        } else {
            message.writeTo(target);
        }
    }

    /** Whose octets, encoded already, are the content: those of the part itself if it was read, or of another one. */
    private static Optional<MimePart> encoded(DataHandler content, MimePart part) throws MessagingException {
        if (content.getClass() != DataHandler.class
                && content.getDataSource() instanceof MessageAware source
                && source.getMessageContext() != null
                && source.getMessageContext().getPart() instanceof MimePart read
                && (read == part || read.getEncoding() != null)) {
            return Optional.of(read);
        }
        return Optional.empty();
    }

    private OutputStream encoder(MimePart part) throws MessagingException {
        String encoding = part.getEncoding();
        if (encoding == null || !types.of(part.getContentType()).single()) {
            // RFC 2045 section 6.4: what is made of parts is never encoded as a whole.
            return out;
        }
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "7bit", "8bit", "binary" -> out;
            case "base64" -> encoders.outputBase64(out);
            case "quoted-printable" -> encoders.outputQP(out);
            default -> MimeUtility.encode(out, encoding);
        };
    }
}
