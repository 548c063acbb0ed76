package io.smtpra.compose;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.PreencodedMimeBodyPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message with its structure copied and its contents shared, and saved: what saving adds to the headers of a message
 * and its parts is in the copy alone.
 */
final class MessageCopy extends MimeMessage implements HeaderCharset.Known {

    private static final Pattern TRACE = Pattern.compile("(?:Received|Return-Path):", Pattern.CASE_INSENSITIVE);

    private final HeaderCharset charset;

    private MessageCopy(MimeMessage original, ContentTypes types) throws MessagingException, IOException {
        super(original.getSession());
        charset = HeaderCharset.of(original);
        headers = places(charset);
        setDataHandler(content(original, types, original.getSession()));
        copyHeader(original, this);
    }

    static MessageCopy of(MimeMessage original, ContentTypes types) throws MessagingException, IOException {
        MessageCopy copy = new MessageCopy(original, types);
        copy.saveChanges();
        return copy;
    }

    /** The id is written before the message; making one here would ask the name service for our host's name. */
    @Override
    protected void updateMessageID() {
        // Nothing to do.
    }

    /** It may be said already, and keeps its place then. */
    @Override
    public void setHeader(String name, String value) throws MessagingException {
        if (!value.equals(getHeader(name, null))) {
            super.setHeader(name, value);
        }
    }

    @Override
    public HeaderCharset headerCharset() {
        return charset;
    }

    /** Where headers go that are not there yet: a message that was read has no places for them, and gets them last. */
    private static InternetHeaders places(HeaderCharset charset) throws MessagingException {
        return charset == HeaderCharset.MADE
                ? new InternetHeaders() : new InternetHeaders(InputStream.nullInputStream());
    }

    /**
     * After the content was set, which removes Content-Type and Content-Transfer-Encoding. Each header takes the place
     * that Jakarta Mail keeps for it, so that those that saving adds come where they would in the original.
     */
    private static void copyHeader(MimePart original, MimePart copy) throws MessagingException {
        Deque<String> traces = new ArrayDeque<>();
        for (String line : Collections.list(original.getAllHeaderLines())) {
            if (TRACE.matcher(line).lookingAt()) {
                traces.push(line);
            } else {
                copyHeader(line, copy);
            }
        }
        // The later one is added before the earlier.
        for (String line : traces) {
            copyHeader(line, copy);
        }
    }

    private static void copyHeader(String line, MimePart copy) throws MessagingException {
        int colon = line.indexOf(": ");
        if (colon > 0) {
            copy.addHeader(line.substring(0, colon), line.substring(colon + 2));
        } else {
            copy.addHeaderLine(line);
        }
    }

    /** The content, itself copied if it is made of parts. */
    private static DataHandler content(MimePart original, ContentTypes types, Session session)
            throws MessagingException, IOException {
        DataHandler content = original.getDataHandler();
        Optional<Object> object = ParsedContent.isOwn(original) && !isSingle(original, types)
                ? Optional.of(original.getContent()) : MadeContent.of(content);
        if (object.isPresent() && object.get() instanceof MimeMultipart parts
                && !OwnClasses.writesItself(parts)) {
            MimeMultipart copy = new MultipartCopy(parts, types, session);
            return new DataHandler(copy, copy.getContentType());
        }
        if (object.isPresent() && object.get() instanceof MimeMultipart parts) {
            return new DataHandler(new SharedMultipart(parts), parts.getContentType());
        }
        if (object.isPresent() && object.get() instanceof MimeMessage message) {
            boolean writable = OwnClasses.writesItself(message) || ParsedContent.isUnchanged(message);
            return new DataHandler(writable ? message : of(message, types), content.getContentType());
        }
        // Of the content, not of the part, which without a header says text/plain.
        String type = content.getContentType();
        return MadeContent.text(content, types).map(text -> MadeContent.handler(text, type)).orElse(content);
    }

    private static boolean isSingle(MimePart part, ContentTypes types) throws MessagingException {
        return types.of(part.getContentType()).single();
    }

    /** A multipart of copied parts, with the type, the parameters and the boundary of the original. */
    private static final class MultipartCopy extends MimeMultipart {

        MultipartCopy(MimeMultipart original, ContentTypes types, Session session)
                throws MessagingException, IOException {
            for (int i = 0; i < original.getCount(); i++) {
                addBodyPart(copy(original.getBodyPart(i), types, session));
            }
            setPreamble(original.getPreamble());
            contentType = original.getContentType();
        }

        private static BodyPart copy(BodyPart original, ContentTypes types, Session session)
                throws MessagingException, IOException {
            if (original instanceof PreencodedMimeBodyPart encoded) {
                PreencodedMimeBodyPart copy = new PreencodedMimeBodyPart(encoded.getEncoding());
                copy.setDataHandler(encoded.getDataHandler());
                copyHeader(encoded, copy);
                return copy;
            }
            if (!(original instanceof MimeBodyPart part) || isComplete(part, types)
                    || OwnClasses.writesItself(part) && !UnsavedParts.in(part)) {
                return new SharedPart(original, types, session);
            }
            return new PartCopy(part, types, session);
        }

        /** Whether saving would add nothing to the part: its octets may be signed, and are written as they are. */
        private static boolean isComplete(MimeBodyPart part, ContentTypes types)
                throws MessagingException, IOException {
            if (ParsedContent.isOwn(part)) {
                return ParsedContent.isUnchanged(part);
            }
            if (part.getHeader("Content-Type") == null) {
                return false;
            }
            return isSingle(part, types)
                    ? part.getHeader("Content-Transfer-Encoding") != null
                    : MadeContent.of(part.getDataHandler()).isEmpty();
        }
    }

    /** A part that has not been saved, or is made of others. */
    private static final class PartCopy extends MimeBodyPart implements HeaderCharset.Known {

        private final ContentTypes types;
        private final Session session;
        private final HeaderCharset charset;

        PartCopy(MimeBodyPart original, ContentTypes types, Session session) throws MessagingException, IOException {
            this.types = types;
            this.session = session;
            charset = HeaderCharset.of(original);
            headers = places(charset);
            setDataHandler(content(original, types, session));
            copyHeader(original, this);
        }

        @Override
        public HeaderCharset headerCharset() {
            return charset;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException, MessagingException {
            writePart(this, out, types, session);
        }
    }

    /** A part that is written by itself. It would else become a part of the copied multipart, and change its parent. */
    private static final class SharedPart extends MimeBodyPart {

        private final BodyPart original;
        private final ContentTypes types;
        private final Session session;

        SharedPart(BodyPart original, ContentTypes types, Session session) {
            this.original = original;
            this.types = types;
            this.session = session;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException, MessagingException {
            if (original instanceof MimeBodyPart part && !OwnClasses.writesItself(part)) {
                writePart(part, out, types, session);
            } else {
                original.writeTo(out);
            }
        }

        @Override
        protected void updateHeaders() {
            // It has all that it needs.
        }
    }

    /** A multipart of a class of its own, which is written by itself. */
    private static final class SharedMultipart extends MimeMultipart {

        private final MimeMultipart original;

        SharedMultipart(MimeMultipart original) {
            this.original = original;
            contentType = original.getContentType();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException, MessagingException {
            original.writeTo(out);
        }

        @Override
        protected void updateHeaders() {
            // It knows best.
        }
    }

    private static void writePart(MimePart part, OutputStream out, ContentTypes types, Session session)
            throws IOException, MessagingException {
        if (out instanceof LineStream lines) {
            new EntityWriter(lines, types, session).write(part);
        } else {
            throw new IllegalStateException("A part of a multipart is written encoded");
        }
    }
}
