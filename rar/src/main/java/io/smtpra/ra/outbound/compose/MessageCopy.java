package io.smtpra.ra.outbound.compose;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;

/**
 * A message that has not been saved, with its structure copied and its contents shared: saving the copy puts the
 * missing headers into the copy alone.
 */
final class MessageCopy extends MimeMessage {

    private MessageCopy(MimeMessage original) throws MessagingException, IOException {
        super(original.getSession());
        setDataHandler(content(original));
        // After the content, which removes Content-Type and Content-Transfer-Encoding.
        for (String line : headerLines(original)) {
            addHeaderLine(line);
        }
    }

    static MessageCopy of(MimeMessage original) throws MessagingException, IOException {
        return new MessageCopy(original);
    }

    /** The id is written before the message; making one here would ask the name service for our host's name. */
    @Override
    protected void updateMessageID() {
        // Nothing to do.
    }

    /** The type is asked of the content, not of the part, which without a header says text/plain. */
    private static DataHandler content(Part original) throws MessagingException, IOException {
        DataHandler content = original.getDataHandler();
        ContentType type = new ContentType(content.getContentType());
        if (type.match("multipart/*") && content.getContent() instanceof MimeMultipart multipart) {
            MimeMultipart copy = new MultipartCopy(multipart);
            return new DataHandler(copy, copy.getContentType());
        }
        if (type.match("message/rfc822") && content.getContent() instanceof MimeMessage message
                && message.getHeader("MIME-Version") == null) {
            return new DataHandler(of(message), "message/rfc822");
        }
        return content;
    }

    private static List<String> headerLines(MimePart part) throws MessagingException {
        return Collections.list(part.getAllHeaderLines());
    }

    /** A multipart of copied parts, with the type, the parameters and the boundary of the original. */
    private static final class MultipartCopy extends MimeMultipart {

        MultipartCopy(MimeMultipart original) throws MessagingException, IOException {
            for (int i = 0; i < original.getCount(); i++) {
                BodyPart part = original.getBodyPart(i);
                addBodyPart(isComplete(part) ? new SharedPart(part) : new PartCopy((MimeBodyPart) part));
            }
            setPreamble(original.getPreamble());
            contentType = original.getContentType();
        }

        /** Whether saving would add nothing to the part: its octets may be signed, and are written as they are. */
        private static boolean isComplete(BodyPart part) throws MessagingException {
            return !(part instanceof MimeBodyPart)
                    || part.getHeader("Content-Type") != null
                            && (part.isMimeType("multipart/*")
                                    || part.isMimeType("message/*")
                                    || part.getHeader("Content-Transfer-Encoding") != null);
        }
    }

    /** A part that has not been saved. */
    private static final class PartCopy extends MimeBodyPart {

        PartCopy(MimeBodyPart original) throws MessagingException, IOException {
            setDataHandler(content(original));
            for (String line : headerLines(original)) {
                addHeaderLine(line);
            }
        }
    }

    /** A part that is written by itself. It would else become a part of the copied multipart, and change its parent. */
    private static final class SharedPart extends MimeBodyPart {

        private final BodyPart original;

        SharedPart(BodyPart original) {
            this.original = original;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException, MessagingException {
            original.writeTo(out);
        }

        @Override
        protected void updateHeaders() {
            // It has all that it needs.
        }
    }
}
